import os
import tensorflow as tf
from tensorflow.keras import Input, Model, layers

N_CLASSES = int(os.environ.get("CAPS_CLASSES", "10"))
DIM = int(os.environ.get("CAPS_DIM", 16))
MASK_DIM = int(os.getenv("CAPS_MASK_DIM", "8"))


class Mask(layers.Layer):
    def call(self, inputs):
        capsules, onehot = inputs
        masked = capsules * tf.expand_dims(onehot, -1)
        return tf.reshape(masked, (-1, N_CLASSES * DIM))


def build(input_shape):
    x = Input(shape=input_shape)
    y = Input(shape=(N_CLASSES,))
    features = layers.Conv2D(64, 9, activation="relu")(x)
    features = layers.GlobalAveragePooling2D()(features)
    capsules = layers.Reshape((N_CLASSES, DIM))(layers.Dense(N_CLASSES * DIM)(features))
    prior = layers.Reshape((N_CLASSES, MASK_DIM))(layers.Dense(N_CLASSES * MASK_DIM)(features))
    digit = layers.Average()([capsules, prior])
    return Model([x, y], layers.Dense(784, activation="sigmoid")(Mask()([digit, y])))


build((28, 28, 1)).summary()
