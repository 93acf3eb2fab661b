import tensorflow as tf


def make_model(hidden, classes, skip_dim):
    inputs = tf.keras.layers.Input(shape=(20,))
    h = tf.keras.layers.Dense(hidden, activation="relu")(inputs)
    s = tf.keras.layers.Dense(skip_dim)(inputs)
    h = tf.keras.layers.add([h, s])
    return tf.keras.Model(inputs, tf.keras.layers.Dense(classes)(h))
