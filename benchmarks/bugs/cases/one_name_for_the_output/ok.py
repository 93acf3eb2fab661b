import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers


class VanillaModel(Model):
    def __init__(self, num_units, **kwargs):
        super().__init__(**kwargs)
        self.dense_proj = layers.Dense(num_units, activation="relu")

    def call(self, features):
        output = self.dense_proj(features["input"])
        return {"output": output}


def make_dataset(size, batch):
    x = np.random.rand(size, 100).astype("float32")
    y = np.random.rand(size, 10).astype("float32")
    return tf.data.Dataset.from_tensor_slices(({"input": x}, {"output": y})).batch(batch)


model = VanillaModel(10)
model.compile("adam", {"output": "mse"})
model.fit(make_dataset(64, 16), epochs=1, verbose=0)
