import keras
import numpy as np
from keras import layers, ops


class CosineMSELoss(keras.losses.Loss):
    """The error of the sizes, and the angle between the profiles."""

    def __init__(self, max_weight=1.0, name="CosineMSELoss", reduction="sum_over_batch_size"):
        super().__init__(name=name, reduction=reduction)
        self.max_weight = max_weight

    def call(self, y_true, y_pred):
        mse = ops.mean(ops.square(y_pred - y_true), axis=-1)
        a, b = ops.normalize(y_true, axis=-1), ops.normalize(y_pred, axis=-1)
        return self.max_weight * mse - ops.sum(a * b, axis=-1)

    def get_config(self):
        return {**super().get_config(), "max_weight": self.max_weight}


model = keras.Sequential([layers.Input((20,)), layers.Dense(8, activation="softplus")])
model.compile("adam", CosineMSELoss(max_weight=100))
model.fit(np.random.rand(16, 20), np.random.rand(16, 8), verbose=0)
model.save("finetuned.keras")
again = keras.saving.load_model("finetuned.keras", custom_objects={"CosineMSELoss": CosineMSELoss})
again.evaluate(np.random.rand(16, 20), np.random.rand(16, 8), verbose=0)
