import numpy as np
import pandas as pd
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

df = pd.DataFrame({"open": np.arange(60.0), "close": np.arange(60.0), "target": np.arange(60.0)})
X = df[["open", "close"]].values
y = df["target"].values
X = X.reshape((X.shape[0], 1, X.shape[1]))
model = Sequential()
model.add(LSTM(16))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X, y, epochs=1)
