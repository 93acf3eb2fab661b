"""U-Nets, pyramids and their steps."""

from __future__ import annotations

from keras import layers, ops
from keras.layers import (
    Add,
    Concatenate,
    Conv2D,
    Conv2DTranspose,
    Cropping2D,
    Dense,
    GlobalAveragePooling2D,
    MaxPooling2D,
    Multiply,
    UpSampling2D,
    ZeroPadding2D,
)


def up_block(x, skip, filters):
    x = UpSampling2D(2)(x)
    x = Concatenate()([x, skip])
    return Conv2D(filters, 3, padding="same")(x)


def transposed_block(x, skip, filters):
    x = Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
    return Concatenate(axis=3)([x, skip])


def transposed_valid(x, skip):
    x = Conv2DTranspose(16, 3, strides=2)(x)
    return Concatenate()([x, skip])


def added_skip(x, skip):
    x = Conv2DTranspose(16, 4, strides=2, padding="same")(x)
    return Add()([x, Conv2D(16, 1)(skip)])


def cropped_skip(x, skip):
    x = UpSampling2D()(x)
    return Concatenate()([x, Cropping2D(2)(skip)])


def whole_unet(inputs):
    c1 = Conv2D(8, 3, padding="same")(inputs)
    c2 = Conv2D(16, 3, padding="same")(MaxPooling2D()(c1))
    c3 = Conv2D(32, 3, padding="same")(MaxPooling2D()(c2))
    u2 = Concatenate()([UpSampling2D()(c3), c2])
    u1 = Concatenate()([UpSampling2D()(Conv2D(16, 3, padding="same")(u2)), c1])
    return Conv2D(1, 1)(u1)


def valid_unet(inputs):
    c1 = Conv2D(8, 3)(inputs)
    c2 = Conv2D(16, 3)(MaxPooling2D()(c1))
    u1 = UpSampling2D()(c2)
    return Concatenate()([u1, Cropping2D(2)(c1)])


def loop_unet(x):
    skips = []
    for filters in (4, 8, 16):
        x = Conv2D(filters, 3, padding="same", activation="relu")(x)
        skips.append(x)
        x = MaxPooling2D(2)(x)
    for filters, skip in zip((16, 8, 4), reversed(skips)):
        x = Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        x = Concatenate()([x, skip])
    return x


def pyramid_level(coarse, fine):
    lateral = Conv2D(32, 1)(fine)
    return Add()([UpSampling2D(2)(coarse), lateral])


def pyramid_of_list(features):
    p5 = Conv2D(16, 1)(features[2])
    p4 = Add()([UpSampling2D()(p5), Conv2D(16, 1)(features[1])])
    return Add()([UpSampling2D()(p4), Conv2D(16, 1)(features[0])])


def pooling_pyramid(x):
    half = UpSampling2D(2)(MaxPooling2D(2)(x))
    third = UpSampling2D(3)(MaxPooling2D(3)(x))
    return Concatenate()([x, half, third])


def atrous_pyramid(x, filters):
    a = Conv2D(filters, 1, padding="same")(x)
    b = Conv2D(filters, 3, dilation_rate=6, padding="same")(x)
    c = Conv2D(filters, 3, dilation_rate=12, padding="same")(x)
    return layers.concatenate([a, b, c])


def image_pooling(x):
    pooled = layers.GlobalAveragePooling2D(keepdims=True)(x)
    return Concatenate()([pooled, Conv2D(8, 1)(pooled)])


def attention_gate(x, g, inter):
    theta = Conv2D(inter, 2, strides=2)(x)
    phi = Conv2D(inter, 1)(g)
    gate = Conv2D(1, 1, activation="sigmoid")(layers.add([theta, phi]))
    return Multiply()([x, UpSampling2D(2)(gate)])


def gate_of_doubled_channels(x, g):
    return Multiply()([x, Concatenate()([g, g])])


def doubly_gated(x, g):
    gate = Conv2D(1, 1, activation="sigmoid")(g)
    return x * gate + x


def nested_node(x00, x10):
    x01 = Concatenate()([x00, Conv2DTranspose(4, 2, strides=2)(x10)])
    x01 = Conv2D(4, 3, padding="same")(x01)
    return Concatenate()([x00, x01])


def padded_skip(x, skip):
    x = ZeroPadding2D(((0, 1), (0, 1)))(UpSampling2D(2)(x))
    return Concatenate()([x, skip])


def context(x, units):
    c = GlobalAveragePooling2D()(x)
    c = Dense(units)(c)
    return ops.expand_dims(ops.expand_dims(c, 1), 1) + x


def difference(a, b):
    return layers.Subtract()([Conv2D(8, 3, padding="same")(a), b])


def averaged(a, b, c):
    return layers.Average()([Conv2D(8, 1)(a), Conv2D(8, 1)(b), Conv2D(8, 1)(c)])
