import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Layer


class SecondHalf(Layer):
    """What follows the middle of a sequence of any length."""

    def call(self, x):
        length = tf.shape(x)[1]
        return x[:, length // 2:]


def split_inside_a_layer():
    x = Input(batch_shape=(1, None))
    y = SecondHalf()(x)
    return Model(inputs=x, outputs=y)


def split_in_the_graph():
    x = Input(batch_shape=(1, None))
    y = SecondHalf()(x)
    return Model(inputs=x, outputs=y)


inside = split_inside_a_layer()
print(inside(np.arange(8, dtype="float32")[None]))

model = split_in_the_graph()
model.summary()
for n in (4, 7, 12):
    print(n, model(np.arange(n, dtype="float32")[None]).shape)
