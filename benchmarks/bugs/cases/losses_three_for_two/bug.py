import numpy as np
from tensorflow.keras.layers import Input, Dense
from tensorflow.keras.models import Model

inp = Input(shape=(12,))
h = Dense(32, activation="relu")(inp)
a = Dense(1, name="a")(h)
b = Dense(3, activation="softmax", name="b")(h)
model = Model(inp, [a, b])
model.compile(optimizer="adam", loss=["mse", "categorical_crossentropy", "mse"])
X = np.zeros((20, 12))
model.fit(X, [np.zeros((20, 1)), np.zeros((20, 3))], epochs=1)
