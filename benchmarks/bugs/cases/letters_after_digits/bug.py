import string

import numpy as np
from tensorflow.keras import Sequential, layers

ALPHABET = string.digits + "-" + string.ascii_uppercase
CLASSES = 11


def render(character, size=28):
    rng = np.random.default_rng(ord(character))
    return rng.random((size, size, 1)).astype("float32")


def plates(count):
    text = (ALPHABET * (count // len(ALPHABET) + 1))[:count]
    x = np.stack([render(c) for c in text])
    y = np.array([ALPHABET.index(c) for c in text])
    return x, y


def network():
    model = Sequential()
    model.add(layers.Input((28, 28, 1)))
    model.add(layers.Conv2D(16, 3, activation="relu"))
    model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(CLASSES, activation="softmax"))
    model.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


x_train, y_train = plates(200)
trainingstart = network().fit(x=x_train, y=y_train, epochs=1, batch_size=64)
