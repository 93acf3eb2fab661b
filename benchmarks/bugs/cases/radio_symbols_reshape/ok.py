import numpy as np
import keras
from keras import ops
from keras.layers import Dense, Input, Lambda, Reshape

M = 16
k = int(np.log2(M))
n_channel = 8


def power_norm(x):
    return np.sqrt(n_channel) * x / (ops.norm(x, axis=1, keepdims=True) + 1e-6)


def to_pairs(x):
    """Real and imaginary part of each symbol, one after the other."""
    return ops.concatenate([ops.cos(x), ops.sin(x)], axis=-1)


def build(m, n):
    signal = Input(shape=(m,))
    encoded = Dense(m, activation="relu")(signal)
    encoded1 = Dense(n, activation="linear")(encoded)
    encoded2 = Lambda(power_norm)(encoded1)
    encoded_complex = Lambda(to_pairs)(encoded2)
    frames = Reshape((-1, 16))(encoded_complex)
    decoded = keras.layers.Flatten()(frames)
    decoded = Dense(m, activation="softmax")(decoded)
    return keras.Model(signal, decoded)


rate = k / n_channel
print("rate", rate)
autoencoder = build(M, n_channel)
autoencoder.compile("adam", "categorical_crossentropy")
