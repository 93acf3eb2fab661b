import numpy as np
import pandas as pd
import tensorflow as tf

window_size = 8
dataframe = pd.DataFrame({
    "temp": np.random.rand(200),
    "wind": np.random.rand(200),
    "rain": np.random.rand(200),
})
labels = dataframe.pop("rain")


def df_to_dataset(frame, labels, batch_size=16):
    ds = tf.data.Dataset.from_tensor_slices((frame.values.astype("float32"), labels.values))
    ds = ds.window(window_size, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda window: window.batch(window_size, drop_remainder=True))
    return ds.batch(batch_size)


train_ds = df_to_dataset(dataframe, labels)
model = tf.keras.Sequential([
    tf.keras.layers.Input((window_size, 2)),
    tf.keras.layers.LSTM(10, return_sequences=True),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mae")
model.fit(train_ds, epochs=1)
