import numpy as np
import tensorflow as tf
from tensorflow import keras


class CustomModel(keras.Model):
    def __init__(self, hidden_units):
        super().__init__()
        self.dense_layers = [keras.layers.Dense(u, activation="relu") for u in hidden_units]
        self.last = keras.layers.Dense(1)

    def call(self, x, y):
        x = tf.concat((x, y), axis=1)
        for layer in self.dense_layers:
            x = layer(x)
        return self.last(x)


def normalised(values):
    return (values - values.mean(axis=0)) / values.std(axis=0)


measured = normalised(np.random.normal(size=(40, 5)))
declared = normalised(np.random.normal(size=(40, 10)))
model = CustomModel([16, 16, 10])
model.compile("adam", "mse")
model.fit([measured, declared], measured.sum(axis=1), epochs=1, batch_size=8)
