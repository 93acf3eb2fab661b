from keras.layers import (Activation, BatchNormalization, Conv2D, Dense, Flatten, Input,
                          MaxPooling2D, ZeroPadding2D, concatenate)
from keras.models import Model


def conv2d_bn(x, layer, cv1_out, cv1_filter=(1, 1), cv1_strides=(1, 1),
              cv2_out=None, cv2_filter=(3, 3), cv2_strides=(1, 1), padding=None):
    num = "" if cv2_out is None else "1"
    tensor = Conv2D(cv1_out, cv1_filter, strides=cv1_strides, name=layer + "_conv" + num)(x)
    tensor = BatchNormalization(epsilon=0.00001, name=layer + "_bn" + num)(tensor)
    tensor = Activation("relu")(tensor)
    if padding is None:
        return tensor
    tensor = ZeroPadding2D(padding=padding)(tensor)
    if cv2_out is None:
        return tensor
    tensor = Conv2D(cv2_out, cv2_filter, strides=cv2_strides, name=layer + "_conv2")(tensor)
    tensor = BatchNormalization(epsilon=0.00001, name=layer + "_bn2")(tensor)
    return Activation("relu")(tensor)


def stem(x):
    x = conv2d_bn(ZeroPadding2D((3, 3))(x), "conv1", 64, (7, 7), (2, 2), padding=(1, 1))
    x = MaxPooling2D(pool_size=3, strides=2)(x)
    x = conv2d_bn(x, "conv2", 64, padding=(1, 1), cv2_out=192)
    x = ZeroPadding2D((1, 1))(x)
    return MaxPooling2D(pool_size=3, strides=2)(x)


def inception_block(x):
    three = conv2d_bn(x, "3a_3x3", 96, cv2_out=128, padding=(1, 1))
    five = conv2d_bn(x, "3a_5x5", 16, cv2_out=32, cv2_filter=(5, 5), padding=(2, 2))
    pool = MaxPooling2D(pool_size=3, strides=2)(x)
    pool = conv2d_bn(pool, "3a_pool", 32, padding=((3, 4), (3, 4)))
    one = conv2d_bn(x, "3a_1x1", 64)
    return concatenate([three, five, pool, one], axis=-1)


def facenet(input_shape):
    image = Input(shape=input_shape)
    x = inception_block(stem(image))
    return Model(image, Dense(128, name="dense_layer")(Flatten()(x)), name="FaceRecoModel")


model = facenet(input_shape=(96, 96, 3))
print(model.count_params())
