import numpy as np
import keras
from keras import layers

x = np.random.rand(120, 6)
y = np.random.rand(120)
w = np.linspace(0.1, 1.0, 120)
model = keras.Sequential([keras.Input((6,)), layers.Dense(8), layers.Dense(1)])
model.compile(optimizer="sgd", loss="mse")
model.fit(x, y, sample_weight=w, epochs=1)
