"""Sequences: recurrent, convolutional and attention blocks, and vectors."""

from __future__ import annotations

import keras
from keras import layers, ops
from keras.layers import (
    LSTM,
    Add,
    Bidirectional,
    Concatenate,
    Conv1D,
    Dense,
    Dot,
    Flatten,
    LayerNormalization,
    MaxPooling1D,
    MultiHeadAttention,
    RepeatVector,
    UpSampling1D,
)


def temporal_block(x, filters):
    y = Conv1D(filters, 3, padding="causal", dilation_rate=2)(x)
    y = Conv1D(filters, 3, padding="causal", dilation_rate=4)(y)
    return Add()([x, y])


def wavenet_block(x, filters):
    a = Conv1D(filters, 2, padding="causal", activation="tanh")(x)
    b = Conv1D(filters, 2, padding="causal", activation="sigmoid")(x)
    z = layers.Multiply()([a, b])
    return Add()([Conv1D(filters, 1)(z), x])


def valid_temporal(x):
    y = Conv1D(8, 5)(x)
    return Add()([Conv1D(8, 5)(x), y])


def sequence_unet(x):
    y = UpSampling1D(4)(MaxPooling1D(4)(x))
    return Concatenate()([x, y])


def encoder_block(x, dim):
    y = MultiHeadAttention(2, 8)(x, x)
    x = LayerNormalization()(x + y)
    y = Dense(dim)(Dense(32, activation="relu")(x))
    return LayerNormalization()(x + y)


def cross_attention(x, memory):
    y = MultiHeadAttention(2, 8)(x, memory)
    return Add()([x, y])


def lstm_residual(x, units):
    y = LSTM(units, return_sequences=True)(x)
    return Add()([x, y])


def bidirectional_residual(x, units):
    y = Bidirectional(LSTM(units, return_sequences=True))(x)
    return x + y


def joined_states(x, units):
    return Concatenate()([LSTM(units)(x), Flatten()(x)])


def repeated_context(x, context, steps):
    c = RepeatVector(steps)(Dense(8)(context))
    return Concatenate()([Conv1D(4, 1)(x), c])


def additive_attention(query, values):
    q = Dense(16)(query)
    v = Dense(16)(values)
    return Add()([q, v])


def two_towers(a, b):
    return Dot(axes=1)([Dense(16)(a), Dense(16)(b)])


def raw_towers(a, b):
    return Dot(axes=-1, normalize=True)([Flatten()(a), Flatten()(b)])


def feature_cross(x0, x):
    return x0 * Dense(8)(x) + x


def highway(x, units):
    gate = Dense(units, activation="sigmoid")(x)
    return gate * Dense(units)(x) + (1 - gate) * x


def deep_and_wide(deep, wide):
    return Concatenate()([Dense(16)(deep), wide])


def mixture(x, units):
    weights = Dense(units, activation="softmax")(x)
    return ops.matmul(ops.expand_dims(weights, 1), ops.expand_dims(Dense(8)(x), -1))


def scores(query, key):
    return ops.matmul(Dense(8)(query), ops.transpose(Conv1D(8, 1)(key), (0, 2, 1)))


def stacked(a, b):
    return ops.stack([Dense(8)(a), b], axis=1)


def joined_by_ops(a, b):
    return keras.ops.concatenate([Conv1D(8, 1)(a), b], axis=1)


class Residual(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units)
        self.merge = Add()

    def call(self, inputs):
        return self.merge([inputs, self.dense(inputs)])


class FeedForward(layers.Layer):
    def __init__(self, dim, hidden=16):
        super().__init__()
        self.inner = Dense(hidden, activation="relu")
        self.outer = Dense(dim)

    def call(self, x):
        y = self.outer(self.inner(x))
        return x + y


class Joined(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.left = Dense(units)
        self.join = Concatenate(axis=1)

    def call(self, inputs):
        first, second = inputs
        return self.join([self.left(first), second])
