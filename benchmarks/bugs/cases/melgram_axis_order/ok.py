import os

import numpy as np
from keras.layers import Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D
from keras.models import Sequential

CLASSES = ["rain", "engine", "birds"]


def get_sample_dimensions(path="Preproc"):
    if os.path.isdir(path):
        name = sorted(os.listdir(path))[0]
        return np.load(os.path.join(path, name)).shape
    return (1, 1, 96, 431)


def build_model(shape, nb_classes, nb_filters=32, kernel_size=(3, 3), nb_layers=4):
    model = Sequential()
    model.add(Input(shape[1:]))
    model.add(Conv2D(nb_filters, kernel_size, padding="valid"))
    model.add(BatchNormalization(axis=1))
    model.add(Activation("relu"))
    for _ in range(nb_layers - 1):
        model.add(Conv2D(nb_filters, kernel_size))
        model.add(BatchNormalization(axis=1))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Dropout(0.5))
    model.add(Flatten())
    model.add(Dense(128, activation="relu"))
    model.add(Dense(nb_classes, activation="softmax"))
    return model


if __name__ == "__main__":
    shape = (1, 96, 431, 1)
    model = build_model(shape, nb_classes=len(CLASSES))
    model.compile(loss="categorical_crossentropy", optimizer="adadelta", metrics=["accuracy"])
