import keras
import numpy as np
from keras import layers, ops


class SimpleDense(layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape, scale):
        input_dim = input_shape[-1]
        self.W = self.add_weight(shape=(input_dim, self.units), initializer=keras.initializers.RandomNormal(stddev=scale))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs, scale=0.05):
        y = ops.matmul(inputs, self.W) + self.b
        return self.activation(y)


def digits_model(widths=(32, 10)):
    *hidden, last = widths
    stack = [SimpleDense(width, activation="relu") for width in hidden]
    return keras.Sequential([*stack, SimpleDense(last, activation="softmax")])


model = digits_model()
model.compile("rmsprop", "sparse_categorical_crossentropy")
model.fit(np.random.rand(64, 784), np.random.randint(0, 10, 64), epochs=1, verbose=0)
