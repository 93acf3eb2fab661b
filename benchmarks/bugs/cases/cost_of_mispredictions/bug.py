import numpy as np
import tensorflow as tf
from tensorflow.keras.metrics import Metric


class MyScore(Metric):
    def __init__(self, name="my_score", **kwargs):
        super().__init__(name=name, **kwargs)
        names = ("cost", "weighted_samples", "misprediction_cost", "score")
        self.totals = {key: self.add_weight(name=key, initializer="zeros") for key in names}

    def update_state(self, y_true, y_pred, sample_weight=None):
        said = tf.cast(y_pred > 0.5, tf.int32)
        matrix = tf.math.confusion_matrix(y_true, said, num_classes=2)
        matrix = tf.cast(matrix, tf.float32)
        cost = (matrix[0, 1] + matrix[1, 1]) / (matrix[0, 0] + matrix[1, 0] + 1.0)
        self.totals["cost"].assign(cost)
        self.totals["misprediction_cost"].assign(matrix[1, 0] * cost + matrix[0, 1])
        self.totals["score"].assign(1.0 - self.totals["misprediction_cost"] / 100.0)

    def result(self):
        return self.totals["score"]


rng = np.random.default_rng(8)
x, y = rng.normal(size=(80, 9)), rng.integers(0, 2, (80, 1))
model = tf.keras.Sequential([
    tf.keras.layers.Input((x.shape[1],)),
    tf.keras.layers.Dense(16, "relu"),
    tf.keras.layers.Dense(1, "sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=[MyScore()])
model.fit(x, y, epochs=1, batch_size=20)
