import tensorflow as tf
from tensorflow.keras import layers as L


def autoencoder(length, filters):
    x = inp = L.Input((length, 1))
    e = L.Conv1D(filters, 5, padding="same", activation="relu")(x)
    p = L.MaxPool1D(4)(e)
    d = L.UpSampling1D(4)(p)
    d = L.Subtract()([e, d])
    return tf.keras.Model(inp, L.Conv1D(1, 1)(d))
