import os
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


@dataclass
class Settings:
    classes: int = 4
    features: int = 18
    batch: int = 64
    log_dir: str = os.path.join("logs", "run")


class HitsPerClass(tf.keras.metrics.Metric):
    def __init__(self, num_classes, name="hits_per_class", **kwargs):
        super().__init__(name=name, **kwargs)
        self.num_classes = num_classes
        self.hits = self.add_weight(name="hits", shape=(num_classes,), initializer="zeros")
        self.seen = self.add_weight(name="seen", shape=(num_classes,), initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        wanted = tf.one_hot(tf.cast(tf.reshape(y_true, [-1]), tf.int32), self.num_classes)
        given = tf.one_hot(tf.argmax(y_pred, axis=-1), self.num_classes)
        hits = wanted * given
        self.hits.assign_add(tf.reduce_sum(hits, axis=0))
        self.seen.assign_add(tf.reduce_sum(wanted, axis=0))

    def result(self):
        return tf.reduce_mean(tf.math.divide_no_nan(self.hits, self.seen))

    def reset_state(self):
        for v in self.variables:
            v.assign(tf.zeros_like(v))


def make_model(s: Settings):
    inputs = tf.keras.Input((s.features,))
    x = layers.BatchNormalization()(inputs)
    for width in (64, 32):
        x = layers.Dense(width, activation="relu")(x)
    return tf.keras.Model(inputs, layers.Dense(s.classes, activation="softmax")(x))


def main():
    s = Settings()
    rng = np.random.default_rng(0)
    x = rng.normal(size=(512, s.features)).astype("float32")
    y = rng.integers(0, s.classes, size=(512, 1))
    train_dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(512).batch(s.batch)
    model = make_model(s)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[HitsPerClass(s.classes)])
    model.fit(train_dataset, epochs=3, verbose=1)


if __name__ == "__main__":
    main()
