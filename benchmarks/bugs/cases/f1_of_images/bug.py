import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses, optimizers


class FBeta(tf.keras.metrics.Metric):
    def __init__(self, num_classes, beta=1.0, name="f1_score"):
        super().__init__(name=name)
        self.num_classes, self.beta = num_classes, beta
        self.axis = 0

        def zeros(name):
            return self.add_weight(name=name, shape=(num_classes,), initializer="zeros")

        self.true_positives = zeros("true_positives")
        self.false_positives = zeros("false_positives")
        self.false_negatives = zeros("false_negatives")

    def update_state(self, y_true, y_pred, sample_weight=None):
        threshold = tf.reduce_max(y_pred, axis=-1, keepdims=True)
        y_pred = tf.cast(y_pred >= threshold, tf.float32)
        y_true = tf.cast(y_true, tf.float32)

        def count(values):
            return tf.reduce_sum(values, axis=self.axis)

        self.true_positives.assign_add(count(y_pred * y_true))
        self.false_positives.assign_add(count(y_pred * (1 - y_true)))
        self.false_negatives.assign_add(count((1 - y_pred) * y_true))

    def result(self):
        precision = self.true_positives / (self.true_positives + self.false_positives + 1e-7)
        recall = self.true_positives / (self.true_positives + self.false_negatives + 1e-7)
        return tf.reduce_mean(2 * precision * recall / (precision + recall + 1e-7))


i = layers.Input(shape=(None, None, 3), name="input")
n = layers.Conv2D(16, kernel_size=3, padding="same", activation="relu", name="layer1")(i)
n = layers.Conv2D(32, kernel_size=3, padding="same", activation="relu", name="layer2")(n)
o = layers.Conv2D(4, kernel_size=1, activation="softmax", name="output")(n)
model = tf.keras.Model(inputs=i, outputs=o)
model.compile(optimizer=optimizers.Adam(), loss=losses.CategoricalCrossentropy(), metrics=[FBeta(4)])
x = np.random.rand(6, 24, 24, 3)
y = np.eye(4)[np.random.randint(0, 4, (6, 24, 24))]
model.fit(x, y, batch_size=3, epochs=1)
