import numpy as np
import tensorflow as tf
from tensorflow import keras

a = keras.Input((10,))
b = keras.Input((6,))
out = keras.layers.Dense(1)(keras.layers.Concatenate()([a, b]))
model = keras.Model([a, b], out)
xa = np.zeros((128, 10), dtype="float32")
xb = np.zeros((14, 6), dtype="float32")
print(model([xa, xb]).shape)
