import numpy as np
import keras
from keras import layers

inp = keras.Input((8,))
h = layers.Dense(4)(inp)
o1 = layers.Dense(1, activation="sigmoid")(h)
o2 = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inp, [o1, o2])
model.compile("adam", "binary_crossentropy")
x = np.zeros((16, 8))
y = np.zeros((16, 1))
model.fit(x, [y, y], class_weight={0: 1.0, 1: 4.0}, epochs=1)
