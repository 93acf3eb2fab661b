from tensorflow.keras import backend as K
from tensorflow.keras.layers import Activation, BatchNormalization, Conv3D, Dense, GlobalAveragePooling3D, Input, MaxPooling3D, add
from tensorflow.keras.models import Model


def _bn_relu_conv3d(**conv_params):
    def f(input):
        norm = Activation("relu")(BatchNormalization()(input))
        return Conv3D(padding="same", **conv_params)(norm)

    return f


def _shortcut3d(input, residual):
    shape = K.int_shape(input)
    wanted = K.int_shape(residual)
    strides = tuple(-(-shape[axis] // wanted[axis]) for axis in (1, 2, 3))
    shortcut = input
    if max(strides) > 1 or shape[4] != wanted[4]:
        shortcut = Conv3D(wanted[4], kernel_size=1, strides=strides, padding="valid")(input)
    return add([shortcut, residual])


def _residual_block3d(filters, repetitions, first=False):
    def f(input):
        for i in range(repetitions):
            strides = 2 if i == 0 and not first else 1
            conv1 = _bn_relu_conv3d(filters=filters, kernel_size=3, strides=strides)(input)
            residual = _bn_relu_conv3d(filters=filters, kernel_size=3)(conv1)
            input = _shortcut3d(input, residual)
        return input

    return f


def build_resnet_18(input_shape, outputs):
    image = Input(shape=input_shape)
    x = Conv3D(16, 7, strides=2, padding="same")(image)
    x = MaxPooling3D(3, strides=2, padding="same")(x)
    filters = 16
    for level, repeat in enumerate([2, 2, 2]):
        x = _residual_block3d(filters, repeat, first=level == 0)(x)
        filters *= 2
    x = GlobalAveragePooling3D()(x)
    return Model(image, Dense(outputs, activation="softmax")(x))


model = build_resnet_18((72, 100, 100, 1), 2)
