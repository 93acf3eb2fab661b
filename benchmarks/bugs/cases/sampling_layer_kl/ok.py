import numpy as np
import keras
from keras import layers, ops


class Sampling(layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        batch = ops.shape(mean)[0]
        eps = keras.random.normal(shape=(batch, 2))
        return mean + ops.exp(0.5 * log_var) * eps


inp = keras.Input((20,))
h = layers.Dense(16, activation="relu")(inp)
mean, log_var = layers.Dense(2)(h), layers.Dense(2)(h)
z = Sampling()([mean, log_var])
vae = keras.Model(inp, layers.Dense(20)(z))
vae.compile("adam", "mse")
x = np.random.rand(32, 20)
vae.fit(x, x, verbose=0)
