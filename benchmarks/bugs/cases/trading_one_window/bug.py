import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input, concatenate
from tensorflow.keras.models import Model

history_points = 50


def csv_to_dataset(days=700):
    prices = np.cumsum(np.random.randn(days, 5), axis=0)
    low, high = prices.min(axis=0), prices.max(axis=0)
    data = (prices - low) / (high - low)
    histories = np.array([data[i:i + history_points].copy() for i in range(len(data) - history_points)])
    indicators = np.array([[np.mean(his[:, 3])] for his in histories])
    next_day = np.array([data[:, 0][i + history_points] for i in range(len(data) - history_points)])
    return histories, indicators, next_day[:, np.newaxis]


def technical_model():
    lstm_input = Input(shape=(history_points, 5), name="lstm_input")
    dense_input = Input(shape=(1,), name="tech_input")
    x = Dropout(0.2)(LSTM(50)(lstm_input))
    y = Dropout(0.2)(Dense(20, activation="relu")(dense_input))
    z = Dense(64, activation="sigmoid")(concatenate([x, y]))
    return Model(inputs=[lstm_input, dense_input], outputs=Dense(1, activation="linear")(z))


ohlcv_histories, technical_indicators, next_day = csv_to_dataset()
model = technical_model()
model.compile(optimizer="adam", loss="mse")
model.fit([ohlcv_histories, technical_indicators], next_day, batch_size=64, epochs=1)
buys = []
for ohlcv, ind in zip(ohlcv_histories[-20:], technical_indicators[-20:]):
    predicted = np.squeeze(model.predict([ohlcv, ind], verbose=0))
    if predicted > 0.6:
        buys.append(predicted)
