import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, MaxPooling2D, ZeroPadding2D


def branch(x, filters, name):
    x = ZeroPadding2D((3, 3))(x)
    x = Conv2D(filters, (7, 7), strides=2, name=f"{name}_conv1")(x)
    x = BatchNormalization(axis=3)(x)
    x = Activation("relu")(x)
    return MaxPooling2D((3, 3), strides=(2, 2))(x)


class Correlation(tf.keras.layers.Layer):
    def call(self, inputs):
        search, target = inputs
        kernel = tf.reduce_mean(target, axis=0)[..., tf.newaxis]
        return tf.nn.conv2d(search, kernel, strides=1, padding="SAME")


def tracker(shape_search, shape_target):
    search, target = Input(shape_search), Input(shape_target)
    a, b = branch(search, 16, "search"), branch(target, 16, "target")
    response = Correlation()([a, b])
    return Model([search, target], response)


tracker((127, 127, 3), (63, 63, 3)).summary()
