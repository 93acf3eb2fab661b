import numpy as np
from tensorflow.keras.layers import Input, Dense
from tensorflow.keras.models import Model

inp = Input(shape=(12,))
h = Dense(32, activation="relu")(inp)
age = Dense(1, name="age")(h)
sex = Dense(1, activation="sigmoid", name="sex")(h)
model = Model(inp, [age, sex])
model.compile(optimizer="adam", loss=["mse", "binary_crossentropy"])
X = np.zeros((20, 12))
y_age = np.zeros((20, 1))
y_sex = np.zeros((20, 1))
model.fit(X, y_age, epochs=1)
