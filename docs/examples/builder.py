"""A builder that nothing in this file calls."""

from keras import Input, Model, layers


def build(size, depth, filters=16):
    image = x = Input((size, size, 3))
    for level in range(depth):
        x = layers.Conv2D(filters << level, 3, strides=2)(x)
    return Model(image, layers.GlobalAveragePooling2D()(x))
