import tensorflow as tf
from tensorflow.keras.layers import Conv3D, Conv3DTranspose, Input, LeakyReLU, concatenate
from tensorflow.keras.models import Model


def conv_block(x, nf, strides=1):
    x = Conv3D(nf, 3, padding="same", strides=strides)(x)
    return LeakyReLU(0.2)(x)


class Encoder:
    def __init__(self, features):
        self.features = features

    def __call__(self, x):
        levels = []
        for nf in self.features:
            x = conv_block(x, nf)
            levels.append(x)
            x = conv_block(x, nf, strides=2)
        return x, levels


def registration(settings):
    vol_size = tuple(settings["data"]["volume"])
    fixed, moving = Input(vol_size + (1,)), Input(vol_size + (1,))
    encoder = Encoder(settings["network"]["features"])
    x, levels = encoder(concatenate([fixed, moving]))
    x = conv_block(x, settings["network"]["bottleneck"])
    for level in reversed(levels):
        x = Conv3DTranspose(level.shape[-1], 2, strides=2, padding="same")(x)
        x = conv_block(concatenate([x, level]), level.shape[-1])
    flow = Conv3D(3, 3, padding="same", kernel_initializer=tf.keras.initializers.RandomNormal(stddev=1e-5))(x)
    return Model([fixed, moving], flow)
