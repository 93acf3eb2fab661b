import numpy as np
from tensorflow.keras import Model, layers

VIEWS = 10
SIDE = 24


def view_tower(number):
    scan = layers.Input((SIDE, SIDE, 1), name=f"view_{number}")
    x = layers.Conv2D(4, 3, activation="relu")(scan)
    return scan, layers.GlobalMaxPooling2D()(x)


def build():
    towers = [view_tower(number) for number in range(VIEWS)]
    merged = layers.concatenate([features for _, features in towers])
    return Model([scan for scan, _ in towers], layers.Dense(2, activation="softmax")(merged))


def patient():
    return [np.random.rand(SIDE, SIDE, 1) for _ in range(VIEWS)]


def load(count):
    x = [patient() for _ in range(count)]
    y = np.eye(2)[np.arange(count) % 2]
    return x, y


x, y = load(2)
print("x", np.asarray(x).shape)
print("y", y.shape)
model = build()
model.compile("adam", "categorical_crossentropy")
model.fit(list(np.swapaxes(np.asarray(x), 0, 1)), y, epochs=1)
