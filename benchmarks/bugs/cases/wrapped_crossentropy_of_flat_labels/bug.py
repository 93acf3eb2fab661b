import keras
import numpy as np


class SmoothedLoss(keras.losses.Loss):
    """Wraps any loss function and moves the labels a little away from 0 and 1."""

    def __init__(self, fn="binary_crossentropy", smoothing=0.05, name="smoothed"):
        super().__init__(name=name)
        self.fn = keras.losses.get(fn)
        self.smoothing = smoothing

    def call(self, y_true, y_pred):
        y_true = keras.ops.cast(y_true, y_pred.dtype)
        y_true = y_true * (1 - self.smoothing) + 0.5 * self.smoothing
        return self.fn(y_true, y_pred)


def make_model(width=8):
    return keras.Sequential([
        keras.layers.Dense(width, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])


x = keras.random.uniform((32, 6))
y = keras.random.randint((32,), 0, 2)

plain = make_model()
plain.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
plain.fit(x, y, batch_size=16, epochs=2, verbose=0)

smoothed = make_model()
smoothed.compile(optimizer="sgd", loss=SmoothedLoss(), metrics=["accuracy"])
smoothed.fit(x, y, batch_size=16, epochs=2, verbose=0)
print(np.round(smoothed.evaluate(x, y, verbose=0), 1))
