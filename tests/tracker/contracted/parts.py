"""Functions that take tensors apart: boxes into corners, gates into halves, masked rows."""

from __future__ import annotations

import tensorflow as tf
from tensorflow.keras import layers


def corners(boxes):
    center, size = boxes[..., 0:2], boxes[..., 2:4]
    return tf.concat([center - size / 2, center + size / 2], axis=-1)


def corners_by_column(boxes):
    x, y = boxes[..., 0:1], boxes[..., 1:2]
    width, height = boxes[..., 2:3], boxes[..., 3:4]
    return tf.concat([x - width, y - height, x + width, y + height], axis=-1)


def weighted_confidence(boxes, weights):
    return boxes[..., 4:5] * weights


def overlap_of_sizes(boxes, others):
    _, size = tf.split(boxes, (2, 2), axis=-1)
    _, other_size = tf.split(others, (2, 2), axis=-1)
    return tf.minimum(size, other_size)


def gated(x, y):
    values, gates = tf.split(x, 2, axis=-1)
    return values * tf.sigmoid(gates) + y


def kept_boxes(boxes, confidence, classes):
    scores = tf.reduce_max(confidence * classes, axis=-1)
    return tf.boolean_mask(boxes, scores > 0.5)


class ExpectedDistance(layers.Layer):
    """The mean of a distribution over distances, whose weights are set once."""

    def __init__(self, bins):
        super().__init__()
        self.bins = bins
        self.mean = layers.Conv2D(1, 1, use_bias=False)

    def build(self, input_shape):
        distances = tf.reshape(tf.range(self.bins, dtype="float32"), (1, 1, self.bins, 1))
        self.mean.build(input_shape)
        self.mean.kernel.assign(distances)

    def call(self, x):
        return self.mean(tf.nn.softmax(x))
