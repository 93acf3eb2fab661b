"""Residual, dense and inverted blocks."""

from __future__ import annotations

import keras
from keras import layers
from keras.layers import (
    Activation,
    Add,
    AveragePooling2D,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    GlobalAveragePooling2D,
    MaxPooling2D,
    Multiply,
    Reshape,
    SeparableConv2D,
    ZeroPadding2D,
    add,
    concatenate,
)


def identity_block(x, filters):
    shortcut = x
    x = Conv2D(filters, 1)(x)
    x = BatchNormalization()(x)
    x = Activation("relu")(x)
    x = Conv2D(filters, 3, padding="same")(x)
    return Activation("relu")(Add()([x, shortcut]))


def activated_join(x, skip):
    return Concatenate()([Activation("relu")(x), Dropout(0.2)(skip)])


def bottleneck(x, filters):
    y = Conv2D(filters, (1, 1))(x)
    y = Conv2D(filters, (3, 3), padding="same")(y)
    y = Conv2D(filters * 4, (1, 1))(y)
    return add([y, x])


def projected(x, filters, strides=2):
    y = Conv2D(filters, 3, strides=strides, padding="same")(x)
    shortcut = Conv2D(filters, 1, strides=strides)(x)
    return layers.add([y, shortcut])


def pooled_shortcut(x, filters):
    y = Conv2D(filters, 3, strides=2, padding="same")(x)
    shortcut = MaxPooling2D(2)(x)
    return Add()([y, Conv2D(filters, 1)(shortcut)])


def conditional_projection(x, filters):
    shortcut = x
    if shortcut.shape[-1] != filters:
        shortcut = Conv2D(filters, 1, padding="same")(shortcut)
    y = Conv2D(filters, 3, padding="same")(x)
    return Add()([shortcut, y])


def preactivated(x, out_channels):
    y = Activation("relu")(BatchNormalization()(x))
    y = Conv2D(out_channels // 4, 1)(y)
    y = Conv2D(out_channels // 4, 3, padding="same")(y)
    y = Conv2D(out_channels, 1)(y)
    return y + x


def basic_without_padding(x, filters):
    y = Conv2D(filters, 3)(x)
    return Add()([y, x])


def inverted(x, alpha, expansion=6):
    inputs = x
    x = Conv2D(expansion * 8, 1)(x)
    x = DepthwiseConv2D(3, padding="same")(x)
    x = Conv2D(alpha, 1)(x)
    return Add()([inputs, x])


def dense_block(x, growth_rate):
    for _ in range(3):
        y = Conv2D(growth_rate, 3, padding="same")(Activation("relu")(x))
        x = concatenate([x, y])
    return x


def transition(x, filters):
    y = Conv2D(filters, 1)(x)
    return Concatenate()([AveragePooling2D(2)(y), Conv2D(filters, 3, strides=2, padding="same")(x)])


def xception_entry(x, filters):
    residual = Conv2D(filters, 1, strides=2, padding="same")(x)
    x = SeparableConv2D(filters, 3, padding="same")(x)
    x = MaxPooling2D(3, strides=2, padding="same")(x)
    return layers.add([x, residual])


def xception_middle(x):
    residual = x
    for _ in range(3):
        x = SeparableConv2D(32, 3, padding="same")(Activation("relu")(x))
    return layers.add([x, residual])


def two_residuals(x, filters):
    y = Conv2D(filters, 3, padding="same")(x)
    x = Add()([x, y])
    y = Conv2D(filters, 3, padding="same")(x)
    return Add()([x, y])


def padded_valid(x, filters):
    y = ZeroPadding2D(1)(x)
    y = Conv2D(filters, 3)(y)
    return Add()([x, y])


def shuffle_unit(x):
    y = DepthwiseConv2D(3, strides=2, padding="same")(x)
    return Concatenate()([AveragePooling2D(3, strides=2, padding="same")(x), y])


def inception(x):
    a = Conv2D(16, 1, padding="same")(x)
    b = Conv2D(24, 5, padding="same")(x)
    c = MaxPooling2D(3, strides=1, padding="same")(x)
    return concatenate([a, b, c], axis=-1)


def reduction(x):
    a = Conv2D(16, 3, strides=2)(x)
    b = MaxPooling2D(3, strides=2)(x)
    return concatenate([a, b], axis=3)


def reduction_that_differs(x):
    a = Conv2D(16, 3, strides=2, padding="same")(x)
    b = MaxPooling2D(3, strides=2)(x)
    return concatenate([a, b], axis=3)


def squeeze_excite(x, channels):
    s = GlobalAveragePooling2D()(x)
    s = Dense(channels // 4 + 1, activation="relu")(s)
    s = Dense(channels, activation="sigmoid")(s)
    s = Reshape((1, 1, channels))(s)
    return Multiply()([x, s])


def spatial_excite(x):
    gate = Conv2D(1, 1, activation="sigmoid")(x)
    return x * gate


def maxout(x, filters):
    return keras.layers.Maximum()([Conv2D(filters, 3, padding="same")(x), Dropout(0.1)(x)])
