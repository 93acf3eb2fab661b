"""Losses that compare targets with outputs."""

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
