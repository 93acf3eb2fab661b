import numpy as np
import tensorflow as tf


class WindowGenerator:
    def __init__(self, input_width, label_width, shift, columns, label_columns=None, batch_size=5):
        self.columns = columns
        self.label_columns = label_columns
        self.batch_size = batch_size
        self.input_width, self.label_width, self.shift = input_width, label_width, shift
        self.column_indices = {name: i for i, name in enumerate(columns)}
        self.total_window_size = input_width + shift
        self.input_slice = slice(0, input_width)
        self.label_start = self.total_window_size - self.label_width
        self.labels_slice = slice(self.label_start, None)

    def split_window(self, features):
        inputs = features[:, self.input_slice, :]
        labels = features[:, self.labels_slice, :]
        if self.label_columns is not None:
            labels = tf.stack(
                [labels[:, :, self.column_indices[name]] for name in self.label_columns], axis=-1
            )
        inputs.set_shape([None, self.input_width, None])
        labels.set_shape([None, self.label_width, None])
        return inputs, labels

    def make_dataset(self, data):
        ds = tf.keras.utils.timeseries_dataset_from_array(
            data=np.array(data, dtype=np.float32),
            targets=None,
            sequence_length=self.total_window_size,
            sequence_stride=1,
            shuffle=True,
            batch_size=self.batch_size,
        )
        return ds.map(self.split_window)


columns = ["p", "T", "rho", "wv"]
window = WindowGenerator(input_width=10, label_width=10, shift=1, columns=columns, label_columns=["T"])
model = tf.keras.Sequential([
    tf.keras.layers.LSTM(16, return_sequences=True),
    tf.keras.layers.Dense(units=1),
])
model.compile(loss=tf.keras.losses.MeanSquaredError(), optimizer="adam", metrics=["mae"])
model.fit(window.make_dataset(np.random.rand(120, 4)), epochs=1)
