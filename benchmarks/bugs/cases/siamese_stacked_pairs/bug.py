import random
import numpy as np
from keras import Input, Model, ops
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

SHAPE = (60, 60, 3)
classes = {name: [np.random.rand(*SHAPE) for _ in range(5)] for name in ("cat", "dog", "cow")}


def generate(batch_size=6):
    names = list(classes)
    while True:
        pairs = np.zeros((2, batch_size, *SHAPE), dtype="float32")
        labels = np.zeros((batch_size,), dtype="float32")
        for k in range(batch_size):
            first = random.choice(names)
            same = k % 2 == 0
            second = first if same else random.choice([n for n in names if n != first])
            pairs[0, k] = random.choice(classes[first])
            pairs[1, k] = random.choice(classes[second])
            labels[k] = float(same)
        yield pairs, labels


def twin(shape):
    inputs = Input(shape)
    x = MaxPooling2D(4)(Conv2D(8, 5, activation="relu")(inputs))
    return Model(inputs, Dense(32)(Flatten()(x)))


left, right = Input(SHAPE), Input(SHAPE)
network = twin(SHAPE)
distance = ops.sqrt(ops.sum(ops.square(network(left) - network(right)), axis=1, keepdims=True))
model = Model([left, right], Dense(1, activation="sigmoid")(distance))
model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
model.fit(generate(), steps_per_epoch=2, epochs=1)
