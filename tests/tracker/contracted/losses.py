"""Losses that compare targets with outputs, and functions that take boxes apart."""

from __future__ import annotations

import tensorflow as tf
from tensorflow import keras


def overlap(truth, guess):
    return tf.reduce_sum(truth * guess)


def dice_and_cross_entropy(truth, guess):
    cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return cross_entropy(truth, guess) - overlap(truth, guess)


def error_and_overlap(truth, guess):
    return keras.losses.MeanSquaredError()(truth, guess) - overlap(truth, guess)


def corners(boxes):
    center, size = boxes[..., 0:2], boxes[..., 2:4]
    return tf.concat([center - size / 2, center + size / 2], axis=-1)


def corners_by_column(boxes):
    x, y = boxes[..., 0:1], boxes[..., 1:2]
    width, height = boxes[..., 2:3], boxes[..., 3:4]
    return tf.concat([x - width, y - height, x + width, y + height], axis=-1)


def weighted_confidence(boxes, weights):
    return boxes[..., 4:5] * weights
