"""Functions of data: products, sums with what is reduced, and parts of lists."""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from keras import ops


def attention(query, key, value):
    scores = tf.matmul(query, key, transpose_b=True)
    return tf.matmul(tf.nn.softmax(scores), value)


def projected(x, kernel):
    return ops.dot(x, kernel)


def twice_projected(x, kernel, further):
    return ops.dot(ops.dot(x, kernel), further) * 2.0


def step(inputs, states):
    before, kernel = states[1:3]
    return ops.dot(before, kernel) + inputs


def interpolated(count, real, fake):
    weights = tf.random.normal([count, 1, 1, 1])
    return real + weights * (fake - real)


def normalised(x):
    return (x - np.min(x)) / (np.max(x) - np.min(x) + 1.0)


def relative(real, fake):
    return tf.sigmoid(real - tf.reduce_mean(fake)) + tf.reduce_mean(real)
