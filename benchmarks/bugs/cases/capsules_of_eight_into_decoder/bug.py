import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers, models


class Length(layers.Layer):
    def call(self, inputs):
        return tf.sqrt(tf.reduce_sum(tf.square(inputs), -1) + K.epsilon())


class Mask(layers.Layer):
    def call(self, inputs):
        inputs, mask = inputs
        return tf.reshape(inputs * tf.expand_dims(mask, -1), (-1, inputs.shape[1] * inputs.shape[2]))


def CapsNet(input_shape, n_class, dim_capsule):
    x = layers.Input(shape=input_shape)
    conv1 = layers.Conv2D(32, 9, strides=1, activation="relu", name="conv1")(x)
    conv2 = layers.Conv2D(32, 9, strides=2, activation="relu", name="primarycap")(conv1)
    flat = layers.Flatten()(conv2)
    digitcaps = layers.Reshape((n_class, dim_capsule), name="digitcaps")(layers.Dense(n_class * dim_capsule)(flat))
    out_caps = Length(name="capsnet")(digitcaps)
    y = layers.Input(shape=(n_class,))
    masked_by_y = Mask()([digitcaps, y])
    decoder = models.Sequential(name="decoder")
    decoder.add(layers.Input((16 * n_class,)))
    decoder.add(layers.Dense(512, activation="relu"))
    decoder.add(layers.Dense(np.prod(input_shape).item(), activation="sigmoid"))
    decoder.add(layers.Reshape(target_shape=input_shape, name="out_recon"))
    return models.Model([x, y], [out_caps, decoder(masked_by_y)])


model = CapsNet(input_shape=(28, 28, 1), n_class=10, dim_capsule=8)
model.summary()
