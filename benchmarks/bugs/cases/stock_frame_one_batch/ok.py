import numpy as np
import pandas as pd
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

dates = pd.date_range("2021-01-01", periods=100, freq="D")
frame = pd.DataFrame({"open": np.arange(100.0), "high": np.arange(100.0) + 2, "volume": np.random.rand(100)}, index=dates)
frame["target"] = frame["open"].shift(-1)
frame = frame.dropna()

features = ["open", "high", "volume"]
x = frame[features].to_numpy()
y = frame["target"].to_numpy()
print(x.shape, y.shape)

x_lstm = x.reshape(x.shape[0], 1, x.shape[1])
model = Sequential([
    Input((x_lstm.shape[1], x_lstm.shape[2])),
    LSTM(16),
    Dense(1),
])
model.compile(optimizer="adam", loss="mse")
model.fit(x_lstm, y, epochs=1, verbose=0)
