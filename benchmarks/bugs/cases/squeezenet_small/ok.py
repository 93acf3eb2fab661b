from tensorflow.keras.layers import (Activation, Concatenate, Convolution2D, Dropout, GlobalAveragePooling2D, Input,
                                     MaxPooling2D)
from tensorflow.keras.models import Model

sq1x1, exp1x1, exp3x3, relu = "squeeze1x1", "expand1x1", "expand3x3", "relu_"


def fire_module(x, fire_id, squeeze=16, expand=64):
    s_id = "fire" + str(fire_id) + "/"
    x = Convolution2D(squeeze, (1, 1), padding="valid", name=s_id.replace("/", "_") + sq1x1)(x)
    x = Activation("relu")(x)
    left = Activation("relu")(Convolution2D(expand, (1, 1), padding="valid")(x))
    right = Activation("relu")(Convolution2D(expand, (3, 3), padding="same")(x))
    return Concatenate(axis=3)([left, right])


def SqueezeNet(input_shape, classes):
    img = Input(shape=input_shape)
    x = Convolution2D(96, (7, 7), strides=(2, 2), padding="same", name="conv1")(img)
    x = Activation("relu")(x)
    x = MaxPooling2D(pool_size=(3, 3), strides=(2, 2), name="pool1")(x)
    for i, (s, e) in enumerate([(16, 64), (16, 64), (32, 128)], start=2):
        x = fire_module(x, fire_id=i, squeeze=s, expand=e)
    x = MaxPooling2D(pool_size=(3, 3), strides=(2, 2), name="pool4")(x)
    for i, (s, e) in enumerate([(32, 128), (48, 192), (48, 192), (64, 256)], start=5):
        x = fire_module(x, fire_id=i, squeeze=s, expand=e)
    x = Dropout(0.5)(x)
    x = Convolution2D(classes, (1, 1), padding="valid", name="conv10")(x)
    x = GlobalAveragePooling2D()(x)
    return Model(img, Activation("softmax")(x), name="squeezenet")


model = SqueezeNet((224, 224, 3), 1000)
