import numpy as np
import tensorflow as tf

WINDOW, BATCH = 5, 10

signal = np.sin(np.linspace(0, 60, 600)).astype("float32")[:, None]


def make_dataset(values):
    ds = tf.data.Dataset.from_tensor_slices(values)
    ds = ds.window(WINDOW, shift=1, stride=1, drop_remainder=True)
    ds = ds.flat_map(lambda window: window.batch(WINDOW)).batch(BATCH, drop_remainder=True)
    return ds.map(lambda w: (w[:, :-1], w[:, -1]))


model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((WINDOW - 1, 1)))
model.add(tf.keras.layers.GRU(8))
model.add(tf.keras.layers.Dense(1))
model.compile(loss="mse", optimizer="rmsprop")
model.fit(make_dataset(signal), epochs=1)
