import numpy as np
import keras
from keras import layers

def batches(size):
    while True:
        x = np.random.rand(size, 20, 6)
        y = np.random.rand(size, 20, 1)
        yield x, y

model = keras.Sequential([keras.Input((20, 6)), layers.LSTM(8), layers.Dense(1, activation="sigmoid")])
model.compile("adam", keras.losses.BinaryCrossentropy())
model.fit(batches(16), steps_per_epoch=2, epochs=1)
