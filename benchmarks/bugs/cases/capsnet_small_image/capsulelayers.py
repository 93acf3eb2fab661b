import keras
from keras import layers, ops


def squash(vectors, axis=-1):
    n = ops.sum(ops.square(vectors), axis, keepdims=True)
    return n / (1 + n) / ops.sqrt(n + 1e-7) * vectors


class Length(layers.Layer):
    def call(self, inputs):
        return ops.sqrt(ops.sum(ops.square(inputs), -1) + 1e-7)

    def compute_output_shape(self, input_shape):
        return input_shape[:-1]


def PrimaryCap(inputs, dim_capsule, n_channels, kernel_size, strides, padding):
    output = layers.Conv2D(dim_capsule * n_channels, kernel_size, strides=strides, padding=padding,
                           name="primarycap_conv2d")(inputs)
    outputs = layers.Reshape(target_shape=[-1, dim_capsule], name="primarycap_reshape")(output)
    return layers.Lambda(squash, name="primarycap_squash")(outputs)
