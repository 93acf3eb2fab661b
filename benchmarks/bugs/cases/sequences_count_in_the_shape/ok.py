import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import LSTM, Dense, Dropout


def read(rows=2000, columns=13):
    values = np.random.rand(rows, columns)
    labels = (values[:, 0] > 0.5).astype(int)
    return values, labels


def reshaped(values, labels, timesteps):
    sequences = len(values) // timesteps
    x = values[:sequences * timesteps].reshape(sequences, timesteps, values.shape[1])
    y = labels[:sequences * timesteps].reshape(sequences, timesteps)[:, -1]
    return x, y


def lstm_baseline(x_train, y_train, batch_size=10):
    model = keras.Sequential()
    model.add(keras.Input(shape=x_train.shape[1:]))
    model.add(LSTM(32, activation="relu", return_sequences=True))
    model.add(Dropout(0.2))
    model.add(LSTM(16, activation="relu"))
    model.add(Dense(32, activation="relu"))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=1, batch_size=batch_size)
    return model


values, labels = read()
lstm_baseline(*reshaped(values, labels, 50))
