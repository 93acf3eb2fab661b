"""Programs that the tests open."""

# The second skip connection is the first one again: the sizes differ.
UNET = """\
import keras
from keras import layers


def block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


def unet(size=128):
    inputs = keras.Input((size, size, 3))
    one = block(inputs, 16)
    two = block(layers.MaxPooling2D()(one), 32)
    deep = block(layers.MaxPooling2D()(two), 64)
    up = layers.UpSampling2D()(deep)
    joined = layers.Concatenate()([two, up])
    up = layers.UpSampling2D()(block(joined, 32))
    joined = layers.Concatenate()([two, up])
    outputs = layers.Conv2D(1, 1, activation="sigmoid")(block(joined, 16))
    return keras.Model(inputs, outputs)


model = unet()
"""
BROKEN_LINE = 17
MENDED = UNET.replace(
    "    joined = layers.Concatenate()([two, up])\n    outputs",
    "    joined = layers.Concatenate()([one, up])\n    outputs",
)
