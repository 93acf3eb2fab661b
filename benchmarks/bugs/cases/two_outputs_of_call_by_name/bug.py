import numpy as np
import tensorflow as tf


class TwoHeads(tf.keras.Model):
    """A shared body, and a head of its own for each of two tasks."""

    def __init__(self, width, classes, **kwargs):
        super().__init__(**kwargs)
        self.body = tf.keras.Sequential([
            tf.keras.layers.Dense(width, activation="relu"),
            tf.keras.layers.Dropout(0.3),
            tf.keras.layers.Dense(width // 2, activation="relu"),
        ], name="body")
        self.out_1 = tf.keras.layers.Dense(classes, activation="softmax", name="out_1")
        self.out_2 = tf.keras.layers.Dense(1, name="out_2")

    def call(self, inputs, training=None):
        x = self.body(inputs, training=training)
        return self.out_1(x), self.out_2(x)


def toy(samples, features, classes, seed=1):
    rng = np.random.RandomState(seed)
    X = rng.rand(samples, features).astype("float32")
    weights = rng.rand(features, classes)
    Y_1 = np.argmax(X @ weights, axis=1)
    Y_2 = X.sum(axis=1, keepdims=True)
    return X, Y_1, Y_2


X, Y_1, Y_2 = toy(320, 20, 3)
losses = {
    "out_1": tf.keras.losses.SparseCategoricalCrossentropy(),
    "out_2": tf.keras.losses.MeanSquaredError(),
}
model = TwoHeads(width=64, classes=3, name="two_heads")
model.compile(optimizer="adam", loss=losses)
model.fit(x=X, y=(Y_1, Y_2), epochs=2, batch_size=32)
