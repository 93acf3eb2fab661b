import math

import numpy as np
import tensorflow as tf
from tensorflow import keras


def scaled_dot_product(q, k, v, mask=None):
    logits = tf.matmul(q, k, transpose_b=True) / math.sqrt(q.shape[-1])
    if mask is not None:
        logits += (1.0 - tf.cast(mask, logits.dtype)) * -1e9
    weights = tf.nn.softmax(logits, axis=-1)
    return tf.matmul(weights, v), weights


class Attention(keras.layers.Layer):
    def __init__(self, width, heads):
        super().__init__()
        self.width, self.heads = width, heads
        self.qkv = keras.layers.Dense(3 * width)
        self.out = keras.layers.Dense(width)

    def call(self, x, mask=None):
        length = x.shape[1]
        qkv = tf.reshape(self.qkv(x), (-1, length, self.heads, 3 * self.width // self.heads))
        q, k, v = tf.split(tf.transpose(qkv, (0, 2, 1, 3)), 3, axis=-1)
        if mask is not None:
            mask = tf.convert_to_tensor(mask)
        values, _ = scaled_dot_product(q, k, v, mask)
        values = tf.reshape(tf.transpose(values, (0, 2, 1, 3)), (-1, length, self.width))
        return self.out(values)


rng = np.random.default_rng(42)
x = tf.constant(rng.normal(size=(3, 16, 128)), tf.float32)
mask = tf.constant(rng.integers(0, 2, (3, 16)))
layer = Attention(128, 4)
print(layer(x).shape)
print(layer(x, mask=mask).shape)
