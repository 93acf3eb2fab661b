import os

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

RASTERS = ["dem", "slope", "aspect", "curvature", "twi"]
FOLDER = os.environ.get("RASTERS", ".")


def read_raster(name, rows=253, columns=23):
    path = os.path.join(FOLDER, name + ".npy")
    if os.path.exists(path):
        return np.load(path)
    return np.random.default_rng(len(name)).random((rows, columns))


def stack_of(names, samples):
    layers_of_one = np.stack([read_raster(name) for name in names], axis=-1)
    return np.repeat(layers_of_one[np.newaxis], samples, axis=0)


def build(shape):
    model = keras.Sequential(name="susceptibility")
    model.add(keras.Input(shape))
    model.add(layers.Conv2D(16, 3, padding="same", activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(32, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile("adam", loss=keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
    return model


x = stack_of(RASTERS, 4)
flooded = np.random.default_rng(0).integers(0, 2, (253, 23, 1))
y = np.repeat(flooded[np.newaxis], len(x), axis=0)
model = build(x.shape[1:])
model.summary()
model.fit(x, y, batch_size=2, epochs=1)
