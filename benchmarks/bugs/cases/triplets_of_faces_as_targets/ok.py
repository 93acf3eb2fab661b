import os
import random

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers, ops

PARAMS = {"batch_size": 16, "image": 40, "margin": 0.2, "embedding": 12}


def people(folder="faces"):
    if os.path.isdir(folder):
        return sorted(os.listdir(folder))
    return [f"person_{number}" for number in range(5)]


def face(name, rng):
    return rng.random((PARAMS["image"], PARAMS["image"], 3)) + len(name)


def triplet_generator(names):
    rng = np.random.default_rng(1)
    while True:
        anchors, positives, negatives = [], [], []
        for _ in range(PARAMS["batch_size"]):
            first, other = random.sample(names, 2)
            anchors.append(face(first, rng))
            positives.append(face(first, rng))
            negatives.append(face(other, rng))
        y = np.zeros((PARAMS["batch_size"], 3 * PARAMS["embedding"]), "float32")
        yield (np.array(anchors), np.array(positives), np.array(negatives)), y


def triplet_loss(y_true, y_pred):
    anchor, positive, negative = ops.split(y_pred, 3, axis=-1)
    near = ops.sum(ops.square(anchor - positive), axis=-1)
    far = ops.sum(ops.square(anchor - negative), axis=-1)
    return ops.maximum(near - far + PARAMS["margin"], 0.0)


def drift(y_true, y_pred):
    return ops.mean(ops.abs(y_pred - y_true))


shape = (PARAMS["image"], PARAMS["image"], 3)
tower = keras.Sequential([
    layers.Input(shape),
    layers.Conv2D(8, 3, strides=2, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(PARAMS["embedding"]),
])
faces = [layers.Input(shape) for _ in range(3)]
model = keras.Model(faces, layers.Concatenate()([tower(one) for one in faces]))
model.compile(optimizer="adam", loss=triplet_loss, metrics=[drift])
model.fit(triplet_generator(people()), steps_per_epoch=2, epochs=1)
