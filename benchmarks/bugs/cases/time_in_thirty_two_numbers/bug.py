import math

import keras
from keras import layers, ops


class SinusoidalEmbedding(layers.Layer):
    def __init__(self, dims, max_frequency=1000.0, **kwargs):
        super().__init__(**kwargs)
        self.dims = dims
        self.max_frequency = max_frequency

    def call(self, x):
        frequencies = ops.exp(ops.linspace(0.0, math.log(self.max_frequency), self.dims // 2))
        angles = 2.0 * math.pi * x * frequencies
        return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=3)


def residual_block(x, width):
    residual = x if x.shape[-1] == width else layers.Conv2D(width, 1)(x)
    x = layers.BatchNormalization(center=False, scale=False)(x)
    x = layers.Conv2D(width, 3, padding="same", activation="swish")(x)
    return layers.Add()([layers.Conv2D(width, 3, padding="same")(x), residual])


def get_unet_time_conditional_network(image_shape, widths, block_depth, embedding_dims=32):
    noisy = keras.Input(image_shape)
    variances = keras.Input((1, 1, 1))
    e = SinusoidalEmbedding(embedding_dims)(variances)
    e = layers.UpSampling2D(size=image_shape[:2], interpolation="nearest")(e)
    x = layers.Conv2D(widths[0], 1)(noisy)
    x = layers.Concatenate()([x, e])
    shortcut = x
    for _ in range(block_depth):
        h = layers.BatchNormalization(center=False, scale=False)(x)
        h = layers.Conv2D(widths[1] - 32, 3, padding="same", activation="swish")(h)
        x = layers.Add()([layers.Conv2D(widths[1], 3, padding="same")(h), shortcut])
    for width in widths[2:]:
        x = residual_block(layers.AveragePooling2D(2)(x), width)
    for width in reversed(widths[1:-1]):
        x = residual_block(layers.UpSampling2D(2, interpolation="bilinear")(x), width)
    outputs = layers.Conv2D(image_shape[-1], 1, kernel_initializer="zeros")(x)
    return keras.Model([noisy, variances], outputs)


network_kwargs = {"embedding_dims": 64, "widths": [64, 96, 128], "block_depth": 2}
model = get_unet_time_conditional_network((64, 64, 3), **network_kwargs)
model.summary()
