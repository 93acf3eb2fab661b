import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import (Activation, BatchNormalization, Conv2D, Dense, GlobalAveragePooling2D, Input,
                                     MaxPool2D, Reshape)
from tensorflow.keras.models import Model


def SqueezeAndExcitation(inputs, ratio=8):
    b, _, _, c = inputs.shape
    x = GlobalAveragePooling2D()(inputs)
    x = Dense(c // ratio, activation="relu", use_bias=False)(x)
    x = Dense(c, activation="sigmoid", use_bias=False)(x)
    x = Reshape((1, 1, c))(x)
    x = inputs * x
    return x


def conv_block(x, filters):
    x = Conv2D(filters, 3, padding="same")(x)
    x = BatchNormalization()(x)
    x = Activation("relu")(x)
    return SqueezeAndExcitation(x)


def build_model(shape, classes):
    inputs = Input(shape=shape)
    x = inputs
    for filters in (16, 32):
        x = conv_block(x, filters)
        x = MaxPool2D()(x)
    x = GlobalAveragePooling2D()(x)
    return Model(inputs, Dense(classes, activation="softmax")(x))


if __name__ == "__main__":
    model = build_model((64, 64, 3), 10)
    model.summary()
    model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy")
    images = np.random.rand(16, 64, 64, 3).astype("float32")
    labels = np.random.randint(0, 10, (16,))
    model.fit(images, labels, batch_size=8, epochs=1, verbose=0)
