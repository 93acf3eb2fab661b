import numpy as np
import tensorflow as tf
from tensorflow import keras


def read_counts(rows):
    """Features of a street and how many bicycles passed."""
    rng = np.random.default_rng(11)
    return rng.random((rows, 7)).astype("float32"), rng.poisson(12, (rows, 1))


def regressor(features):
    return keras.Sequential([
        keras.Input((features,)),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, activation="softplus"),
    ])


def fit(model, x, y, epochs, batch_size):
    optimizer = keras.optimizers.Adam(0.01)
    ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    for _ in range(epochs):
        total = 0.0
        for features, counts in ds:
            with tf.GradientTape() as tape:
                error = tf.cast(counts, tf.float32) - model(features, training=True)
                loss = tf.reduce_mean(tf.square(error))
            grads = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(grads, model.trainable_variables))
            total += float(loss)
        print(total)


x, y = read_counts(64)
fit(regressor(x.shape[1]), x, y, epochs=1, batch_size=16)
