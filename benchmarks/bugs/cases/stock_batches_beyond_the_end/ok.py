import math

import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Sequential


class DataLoader:
    def __init__(self, data, split):
        i_split = int(len(data) * split)
        self.data_train = data[:i_split]
        self.len_train = len(self.data_train)

    def generate_train_batch(self, seq_len, batch_size):
        i = 0
        while True:
            x_batch, y_batch = [], []
            for b in range(batch_size):
                window = self.data_train[i:i + seq_len]
                x_batch.append(window[:-1])
                y_batch.append(window[-1, [0]])
                i += 1
                if i > self.len_train - seq_len:
                    i = 0
            yield np.array(x_batch), np.array(y_batch)


data = DataLoader(np.random.rand(400, 2), 0.85)
seq_len, batch_size, epochs = 50, 32, 2
model = Sequential([
    Input((seq_len - 1, 2)),
    LSTM(32, return_sequences=True),
    Dropout(0.2),
    LSTM(32),
    Dense(1, activation="linear"),
])
model.compile(loss="mse", optimizer="adam")
steps_per_epoch = math.ceil((data.len_train - seq_len) / batch_size)
model.fit(data.generate_train_batch(seq_len, batch_size), steps_per_epoch=steps_per_epoch, epochs=epochs)
