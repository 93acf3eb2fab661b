import tensorflow as tf
from tensorflow.keras.layers import Add, Conv2D, Input, Lambda
from tensorflow.keras.models import Model


def pixel_shuffle(scale):
    return lambda x: tf.nn.depth_to_space(x, scale)


def upsample(x, scale, num_filters):
    def upsample_1(x, factor, **kwargs):
        x = Conv2D(num_filters * 4, 3, padding="same", **kwargs)(x)
        return Lambda(pixel_shuffle(scale=factor))(x)

    if scale == 2:
        x = upsample_1(x, 2, name="conv2d_1_scale_2")
    elif scale == 3:
        x = upsample_1(x, 3, name="conv2d_1_scale_3")
    elif scale == 4:
        x = upsample_1(x, 2, name="conv2d_1_scale_2")
        x = upsample_1(x, 2, name="conv2d_2_scale_2")
    return x


def edsr(scale, num_filters=16, num_res_blocks=4, res_block_scaling=None):
    x_in = Input(shape=(48, 48, 3))
    x = b = Conv2D(num_filters, 3, padding="same")(x_in)
    for _ in range(num_res_blocks):
        r = Conv2D(num_filters, 3, padding="same", activation="relu")(b)
        b = Add()([b, Conv2D(num_filters, 3, padding="same")(r)])
    x = Add()([x, Conv2D(num_filters, 3, padding="same")(b)])
    x = upsample(x, scale, num_filters)
    return Model(x_in, Conv2D(3, 3, padding="same")(x), name="edsr")


for scale in (2, 3, 4):
    print(edsr(scale).output_shape)
