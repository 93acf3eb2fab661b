import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import (
    Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense, Flatten, Input, Lambda, MaxPooling2D, ZeroPadding2D,
    concatenate,
)
from tensorflow.keras.models import Model


def conv2d_bn(x, layer, cv1_out, cv1_filter=(1, 1), cv1_strides=(1, 1), cv2_out=None, cv2_filter=(3, 3),
              cv2_strides=(1, 1), padding=None):
    num = "" if cv2_out is None else "1"
    tensor = Conv2D(cv1_out, cv1_filter, strides=cv1_strides, name=layer + "_conv" + num)(x)
    tensor = BatchNormalization(axis=1, epsilon=0.00001, name=layer + "_bn" + num)(tensor)
    tensor = Activation("relu")(tensor)
    if padding is None:
        return tensor
    tensor = ZeroPadding2D(padding=padding)(tensor)
    if cv2_out is None:
        return tensor
    tensor = Conv2D(cv2_out, cv2_filter, strides=cv2_strides, name=layer + "_conv2")(tensor)
    tensor = BatchNormalization(axis=1, epsilon=0.00001, name=layer + "_bn2")(tensor)
    return Activation("relu")(tensor)


def inception_block_1a(X):
    X_3x3 = conv2d_bn(X, "inception_3a_3x3", 32, cv2_out=64, padding=(1, 1))
    X_5x5 = conv2d_bn(X, "inception_3a_5x5", 8, cv2_out=16, cv2_filter=(5, 5), padding=(2, 2))
    X_pool = MaxPooling2D(pool_size=3, strides=2)(X)
    X_pool = conv2d_bn(X_pool, "inception_3a_pool", 16, padding=((3, 4), (3, 4)))
    X_1x1 = conv2d_bn(X, "inception_3a_1x1", 32)
    return concatenate([X_3x3, X_5x5, X_pool, X_1x1], axis=1)


def face_reco_model(input_shape):
    X_input = Input(input_shape)
    X = ZeroPadding2D((3, 3))(X_input)
    X = Conv2D(64, (7, 7), strides=(2, 2), name="conv1")(X)
    X = BatchNormalization(axis=1, name="bn1")(X)
    X = Activation("relu")(X)
    X = ZeroPadding2D((1, 1))(X)
    X = MaxPooling2D((3, 3), strides=2)(X)
    X = conv2d_bn(X, "conv2", 64, cv2_out=96, padding=(1, 1))
    X = ZeroPadding2D((1, 1))(X)
    X = MaxPooling2D(pool_size=3, strides=2)(X)
    X = inception_block_1a(X)
    X = AveragePooling2D(pool_size=(3, 3))(X)
    X = Flatten()(X)
    X = Dense(128, name="dense_layer")(X)
    X = Lambda(lambda x: tf.math.l2_normalize(x, axis=1), output_shape=(128,))(X)
    return Model(inputs=X_input, outputs=X, name="FaceRecoModel")


K.set_image_data_format("channels_first")
model = face_reco_model((3, 96, 96))
print(model.count_params())
