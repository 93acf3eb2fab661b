import numpy as np
import keras
from keras import layers

m = 80
X = np.random.rand(m, 6)
Y = (X.sum(axis=1) > 3).reshape(m, 1)
model = keras.Sequential([layers.Input((6,)), layers.Dense(4), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X, Y, epochs=1, verbose=0)
