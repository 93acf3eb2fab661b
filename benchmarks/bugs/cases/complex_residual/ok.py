import argparse

from tensorflow import keras
from tensorflow.keras.layers import (Activation, Add, BatchNormalization, Concatenate, Conv2D, Dense,
                                     GlobalAveragePooling2D, Input, Lambda)
from tensorflow.keras.models import Model


class ComplexConv2D(keras.layers.Layer):
    """Real and imaginary halves lie in the channel axis."""

    def __init__(self, filters, kernel_size, strides=(1, 1), padding="same", use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        args = dict(strides=strides, padding=padding, use_bias=use_bias)
        self.real = Conv2D(filters, kernel_size, **args)
        self.imag = Conv2D(filters, kernel_size, **args)

    def call(self, inputs):
        half = inputs.shape[-1] // 2
        re, im = inputs[..., :half], inputs[..., half:]
        out_re = self.real(re) - self.imag(im)
        out_im = self.real(im) + self.imag(re)
        return keras.ops.concatenate([out_re, out_im], axis=-1)


def residual_block(I, filter_size, featmaps, stage, block, shortcut, conv_args, d):
    act = d.act
    nb_fmaps1, nb_fmaps2 = featmaps
    O = BatchNormalization()(I)
    O = Activation(act)(O)
    if shortcut == "regular" or d.spectral_pool_scheme == "nodownsample":
        O = ComplexConv2D(nb_fmaps1, filter_size, **conv_args)(O)
    elif shortcut == "projection":
        O = ComplexConv2D(nb_fmaps1, filter_size, strides=(2, 2), **conv_args)(O)
    O = BatchNormalization()(O)
    O = Activation(act)(O)
    O = ComplexConv2D(nb_fmaps2, filter_size, **conv_args)(O)
    if shortcut == "regular":
        O = Add()([O, I])
    elif shortcut == "projection":
        X = ComplexConv2D(nb_fmaps2, (1, 1), strides=(2, 2), **conv_args)(I)
        O = Concatenate(-1)([X, O])
    return O


def get_resnet_model(d):
    n, sf = d.num_blocks, d.start_filter
    conv_args = {"padding": "same", "use_bias": False}
    R = Input(shape=(32, 32, 3))
    I = Conv2D(3, 3, padding="same")(BatchNormalization()(R))
    O = Concatenate(-1)([R, I])
    O = ComplexConv2D(sf, (3, 3), **conv_args)(O)
    for i in range(n):
        O = residual_block(O, (3, 3), [sf, sf], 2, str(i), "regular", conv_args, d)
    O = residual_block(O, (3, 3), [sf, sf], 3, "0", "projection", conv_args, d)
    for i in range(n - 1):
        O = residual_block(O, (3, 3), [sf * 2, sf * 2], 3, str(i + 1), "regular", conv_args, d)
    O = GlobalAveragePooling2D()(O)
    return Model(R, Dense(10, activation="softmax")(O))


def parser():
    p = argparse.ArgumentParser()
    p.add_argument("--num-blocks", "--nb", default=3, type=int)
    p.add_argument("--start-filter", "--sf", default=11, type=int)
    p.add_argument("--act", default="relu")
    p.add_argument("--spectral-pool-scheme", default="none", choices=["none", "stagemiddle", "nodownsample"])
    return p


if __name__ == "__main__":
    model = get_resnet_model(parser().parse_args([]))
    model.summary()
