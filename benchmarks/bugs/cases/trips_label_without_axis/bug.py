import argparse
import os
import random

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras import backend as K


def euclidean(u, v):
    return K.sqrt(K.sum(K.square(u - v), axis=-1, keepdims=True))


class Siamese:
    def __init__(self, steps, features, width):
        trip = layers.Input((steps, features))
        x = layers.LSTM(width, return_sequences=True)(trip)
        x = layers.LSTM(width)(x)
        self.tower = keras.Model(trip, layers.Dense(width, activation="relu")(x))
        left, right = layers.Input((steps, features)), layers.Input((steps, features))
        joined = layers.Concatenate()([self.tower(left), self.tower(right)])
        out = layers.Dense(1, activation="sigmoid")(layers.Dense(8, activation="relu")(joined))
        self.net = keras.Model([left, right], out)
        self.net.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])


def pairs(drivers, steps, features):
    while True:
        first, second = random.choices(drivers, k=2)
        label = int(first == second)
        yield [np.random.rand(1, steps, features), np.random.rand(1, steps, features)], np.array(label)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--iterations", type=int, default=3)
    args = parser.parse_args()
    os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    siamese = Siamese(12, 2, args.width)
    source = pairs(range(5), 12, 2)
    for iteration in range(args.iterations):
        pair, label = next(source)
        loss = siamese.net.train_on_batch(pair, label)
        print(iteration, loss)
