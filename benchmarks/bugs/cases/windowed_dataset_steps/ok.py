import numpy as np
import tensorflow as tf


def windowed_dataset(series, window_size, batch_size, shuffle_buffer):
    series = tf.expand_dims(series, axis=-1)
    ds = tf.data.Dataset.from_tensor_slices(series)
    ds = ds.window(window_size + 1, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda w: w.batch(window_size + 1, drop_remainder=True))
    ds = ds.shuffle(shuffle_buffer)
    ds = ds.map(lambda w: (w[:-1], w[1:]))
    return ds.batch(batch_size).prefetch(1)


WINDOW = 20
series = np.sin(np.arange(300) / 10).astype("float32")
train = windowed_dataset(series, WINDOW, 16, 100)
model = tf.keras.models.Sequential([
    tf.keras.Input((WINDOW, 1)),
    tf.keras.layers.Conv1D(16, 5, padding="causal", activation="relu"),
    tf.keras.layers.LSTM(16, return_sequences=True),
    tf.keras.layers.Dense(1),
])
model.compile(loss=tf.keras.losses.Huber(), optimizer="sgd", metrics=["mae"])
model.fit(train, epochs=1)
