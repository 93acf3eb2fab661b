import keras
import numpy as np
from keras import layers


def load(n=240, positives=0.1):
    rng = np.random.default_rng(7)
    x = rng.normal(size=(n, 12))
    y = (rng.random(n) < positives).astype("float32")
    return x, y


def build(input_dim, hidden=(32, 16)):
    model = keras.Sequential([keras.Input((input_dim,))])
    for units in hidden:
        model.add(layers.Dense(units, activation="relu"))
        model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=["accuracy", keras.metrics.F1Score(threshold=0.5)],
    )
    return model


x, y = load()
y = y.reshape(-1, 1)
weight = {0: 1.0, 1: float((y == 0).sum() / max((y == 1).sum(), 1))}
model = build(x.shape[1])
model.fit(x, y, epochs=1, batch_size=40, class_weight=weight, verbose=0)
