import numpy as np
import tensorflow as tf
from tensorflow import keras


class SelfAttention(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.query = keras.layers.Dense(units)
        self.key = keras.layers.Dense(units)
        self.value = keras.layers.Dense(units)
        self.units = units

    def call(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = tf.matmul(q, k) / np.sqrt(self.units)
        return tf.matmul(tf.nn.softmax(scores, axis=-1), v)


def stock_model(window, indicators):
    series = keras.Input((window, indicators))
    x = keras.layers.LSTM(48, return_sequences=True)(series)
    x = SelfAttention(24)(x)
    x = keras.layers.GlobalMaxPooling1D()(x)
    return keras.Model(series, keras.layers.Dense(1)(x))


window = 60
model = stock_model(window, 5)
model.compile("adam", "mse")
prices = np.random.rand(100, 5)
x = np.stack([prices[i : i + window] for i in range(len(prices) - window)])
model.fit(x, prices[window:, :1], epochs=1, verbose=0)
