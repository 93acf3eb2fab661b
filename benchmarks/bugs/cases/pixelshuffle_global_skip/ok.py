import tensorflow as tf
from tensorflow.keras.layers import Add, Conv2D, Input, Lambda, UpSampling2D
from tensorflow.keras.models import Model


def subpixel_conv2d(scale):
    return Lambda(lambda x: tf.nn.depth_to_space(x, scale), name="subpixel")


def res_block(x_in, filters, scaling=None):
    x = Conv2D(filters, 3, padding="same", activation="relu")(x_in)
    x = Conv2D(filters, 3, padding="same")(x)
    if scaling:
        x = Lambda(lambda t: t * scaling)(x)
    return Add()([x_in, x])


def upsample(x, scale, num_filters):
    def upsample_1(x, factor):
        x = Conv2D(num_filters * (factor ** 2), 3, padding="same")(x)
        return subpixel_conv2d(factor)(x) if factor else x

    if scale == 2:
        return upsample_1(x, 2)
    if scale == 3:
        return upsample_1(x, 3)
    raise ValueError(scale)


def edsr(scale, num_filters=64, num_res_blocks=8, res_block_scaling=0.1, size=(48, 48)):
    x_in = Input(shape=size + (3,))
    x = b = Conv2D(num_filters, 3, padding="same")(x_in)
    for _ in range(num_res_blocks):
        b = res_block(b, num_filters, res_block_scaling)
    b = Conv2D(num_filters, 3, padding="same")(b)
    x = Add(name="global_skip")([x, b])
    x = upsample(x, scale, num_filters)
    x = Conv2D(3, 3, padding="same")(x)
    return Model(x_in, x, name="edsr")


model = edsr(scale=3)
model.compile(optimizer="adam", loss="mean_absolute_error")
