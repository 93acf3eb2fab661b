import numpy as np
import tensorflow as tf
from tensorflow import keras

class TwoTower(keras.Model):
    def __init__(self, dim=16):
        super().__init__()
        self.user = keras.Sequential([keras.layers.Dense(dim, activation="relu"), keras.layers.Dense(dim)])
        self.item = keras.Sequential([keras.layers.Dense(dim)])

    def call(self, inputs):
        user, item = inputs
        u = self.user(user)
        v = self.item(item)
        return tf.reduce_sum(u * v, axis=1, keepdims=True)

model = TwoTower()
model.compile(optimizer="adam", loss="mse")
users = np.random.rand(40, 5).astype("float32")
items = np.random.rand(40, 7).astype("float32")
model.fit((users, items), np.random.rand(40, 1), batch_size=10)
