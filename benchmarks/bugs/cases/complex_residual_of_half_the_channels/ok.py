import tensorflow as tf
from tensorflow.keras.layers import (
    Activation, Add, BatchNormalization, Concatenate, Conv1D, Dense, GlobalAveragePooling1D, Input, Layer,
)
from tensorflow.keras.models import Model


class ComplexConv1D(Layer):
    """Filters with a real and an imaginary part, one after the other in the channels."""

    def __init__(self, filters, kernel_size, strides=1, **kwargs):
        super().__init__(**kwargs)
        self.real = Conv1D(filters, kernel_size, strides=strides, padding="same", use_bias=False)
        self.imag = Conv1D(filters, kernel_size, strides=strides, padding="same", use_bias=False)

    def call(self, x):
        real, imag = tf.split(x, 2, axis=-1)
        return tf.concat([self.real(real) - self.imag(imag), self.imag(real) + self.real(imag)], axis=-1)


def learn_concat_real_imag_block(I, filter_size, featmaps):
    O = BatchNormalization()(I)
    O = Activation("relu")(O)
    O = Conv1D(featmaps[0], filter_size, padding="same", use_bias=False)(O)
    O = BatchNormalization()(O)
    O = Activation("relu")(O)
    return Conv1D(featmaps[1], filter_size, padding="same", use_bias=False)(O)


def get_residual_block(I, filter_size, featmaps, shortcut):
    O = BatchNormalization()(I)
    O = Activation("relu")(O)
    strides = 2 if shortcut == "projection" else 1
    O = ComplexConv1D(featmaps[0], filter_size, strides=strides)(O)
    O = BatchNormalization()(O)
    O = Activation("relu")(O)
    O = ComplexConv1D(featmaps[1], filter_size)(O)
    if shortcut == "regular":
        O = Add()([O, I])
    elif shortcut == "projection":
        X = ComplexConv1D(featmaps[1], 1, strides=2)(I)
        O = Concatenate(axis=-1)([X, O])
    return O


def get_resnet_model(d):
    sf, n = d["start_filter"], d["num_blocks"]
    filsize = d["filter_size"]
    R = Input(shape=d["input_shape"])
    I = learn_concat_real_imag_block(R, 1, (d["input_shape"][-1], d["input_shape"][-1]))
    O = Concatenate(axis=-1)([R, I])
    O = ComplexConv1D(sf, filsize)(O)
    for _ in range(n):
        O = get_residual_block(O, filsize, [sf, sf], "regular")
    O = get_residual_block(O, filsize, [sf, sf], "projection")
    for _ in range(n - 1):
        O = get_residual_block(O, filsize, [sf * 2, sf * 2], "regular")
    O = GlobalAveragePooling1D()(O)
    return Model(R, Dense(d["classes"], activation="softmax")(O))


model = get_resnet_model({"start_filter": 22, "num_blocks": 2, "filter_size": 3, "input_shape": (64, 2), "classes": 6})
model.summary()
