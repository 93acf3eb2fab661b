import six
from keras import backend as K
from keras.layers import (Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense,
                          Flatten, Input, MaxPooling2D, add)
from keras.models import Model


def _bn_relu(x):
    return Activation("relu")(BatchNormalization(axis=CHANNEL_AXIS)(x))


def _bn_relu_conv(**conv_params):
    filters = conv_params["filters"]
    kernel_size = conv_params["kernel_size"]
    strides = conv_params.setdefault("strides", (1, 1))
    padding = conv_params.setdefault("padding", "same")

    def f(x):
        return Conv2D(filters=filters, kernel_size=kernel_size, strides=strides, padding=padding)(_bn_relu(x))
    return f


def _shortcut(x, residual):
    input_shape = x.shape
    residual_shape = residual.shape
    stride_width = int(round(input_shape[ROW_AXIS] / residual_shape[ROW_AXIS]))
    stride_height = int(round(input_shape[COL_AXIS] / residual_shape[COL_AXIS]))
    equal_channels = input_shape[CHANNEL_AXIS] == residual_shape[CHANNEL_AXIS]
    shortcut = x
    if stride_width > 1 or stride_height > 1 or not equal_channels:
        shortcut = Conv2D(filters=residual_shape[CHANNEL_AXIS], kernel_size=(1, 1),
                          strides=(stride_width, stride_height), padding="valid")(x)
    return add([shortcut, residual])


def basic_block(filters, init_strides=(1, 1), is_first=False):
    def f(x):
        if is_first:
            conv1 = Conv2D(filters, (3, 3), strides=init_strides, padding="same")(x)
        else:
            conv1 = _bn_relu_conv(filters=filters, kernel_size=(3, 3), strides=init_strides)(x)
        return _shortcut(x, _bn_relu_conv(filters=filters, kernel_size=(3, 3))(conv1))
    return f


def _handle_dim_ordering():
    global ROW_AXIS, COL_AXIS, CHANNEL_AXIS
    if K.image_data_format() == "channels_last":
        ROW_AXIS, COL_AXIS, CHANNEL_AXIS = 1, 2, 3
    else:
        CHANNEL_AXIS, ROW_AXIS, COL_AXIS = 1, 2, 3


def _get_block(identifier):
    if isinstance(identifier, six.string_types):
        res = globals().get(identifier)
        if not res:
            raise ValueError("Invalid {}".format(identifier))
        return res
    return identifier


class ResnetBuilder(object):
    @staticmethod
    def build(input_shape, num_outputs, block_fn, repetitions):
        _handle_dim_ordering()
        block_fn = _get_block(block_fn)
        inputs = Input(shape=input_shape)
        x = Conv2D(64, (7, 7), strides=(2, 2), padding="same")(inputs)
        x = MaxPooling2D(pool_size=(3, 3), strides=(2, 2), padding="same")(_bn_relu(x))
        filters = 64
        for i, r in enumerate(repetitions):
            for j in range(r):
                strides = (2, 2) if j == 0 and i > 0 else (1, 1)
                x = block_fn(filters, init_strides=strides, is_first=(i == 0 and j == 0))(x)
            filters *= 2
        x = _bn_relu(x)
        x = AveragePooling2D(pool_size=(x.shape[ROW_AXIS], x.shape[COL_AXIS]), strides=(1, 1))(x)
        return Model(inputs, Dense(num_outputs, activation="softmax")(Flatten()(x)))

    @staticmethod
    def build_resnet_18(input_shape, num_outputs):
        return ResnetBuilder.build(input_shape, num_outputs, "basic_block", [2, 2, 2, 2])


model = ResnetBuilder.build_resnet_18((300, 300, 3), 5)
