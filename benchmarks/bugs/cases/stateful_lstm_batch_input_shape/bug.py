import numpy as np
import pandas as pd
from tensorflow import keras
from tensorflow.keras.layers import LSTM, Dense, Dropout
from tensorflow.keras.models import Sequential


def scale(train, test):
    low, high = train.min(axis=0), train.max(axis=0)
    return 2 * (train - low) / (high - low) - 1, 2 * (test - low) / (high - low) - 1


def fit_lstm(X_train, y_train, epochs, neurons):
    X_train = X_train.reshape(X_train.shape[0], 1, X_train.shape[1])
    model = Sequential()
    model.add(LSTM(neurons, batch_input_shape=(1, X_train.shape[1], X_train.shape[2]), stateful=True))
    model.add(Dropout(0.1))
    model.add(Dense(1))
    model.compile(loss="mean_squared_error", optimizer="adam")
    for _ in range(epochs):
        model.fit(X_train, y_train, epochs=1, batch_size=1, verbose=0, shuffle=False)
        for layer in model.layers:
            if hasattr(layer, "reset_states"):
                layer.reset_states()
    return model


columns = ["open", "high", "low", "close", "volume", "sma", "rsi"]
rng = np.random.default_rng(7)
frame = pd.DataFrame(rng.normal(size=(60, 7)), columns=columns)
target = frame["close"].shift(-1).dropna().values
values = frame.values[:-1]
train, test = scale(values[:-12], values[-12:])
lstm_model = fit_lstm(train, target[:-12], epochs=2, neurons=4)
for i in range(len(test)):
    step = test[i].reshape(1, 1, len(test[i]))
    print(i, float(lstm_model.predict(step, batch_size=1, verbose=0)[0, 0]), target[-12 + i])
