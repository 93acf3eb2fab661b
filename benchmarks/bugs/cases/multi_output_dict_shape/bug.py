import numpy as np
import keras
from keras import layers

inp = keras.Input((20,), name="features")
h = layers.Dense(16)(inp)
price = layers.Dense(1, name="price")(h)
kind = layers.Dense(4, activation="softmax", name="kind")(h)
model = keras.Model(inp, [price, kind])
model.compile("adam", loss={"price": "mse", "kind": "categorical_crossentropy"})
x = np.zeros((30, 20))
model.fit(x, {"price": np.zeros((30, 1)), "kind": np.zeros((30, 1), "int32")}, epochs=1)
