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


def logits_and_overlap(truth, guess):
    loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=truth, logits=guess)
    return tf.reduce_mean(loss) - overlap(truth, guess)
