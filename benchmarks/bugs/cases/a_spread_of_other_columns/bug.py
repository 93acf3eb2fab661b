import numpy as np
import pandas as pd
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

rows = 120
prices = pd.DataFrame(np.random.rand(rows, 4), columns=["open", "high", "low", "close"])
target = prices["close"].shift(-1).fillna(0.0)
split = 100

train = prices.iloc[:split]
filtered = prices.copy()
for lag in (1, 2, 3):
    filtered[f"close_{lag}"] = filtered["close"].shift(lag).fillna(0.0)
test = filtered.iloc[split:]


def to_sequences(frame):
    values = frame.values
    return values.reshape((values.shape[0], 1, values.shape[1]))


train_x, test_x = to_sequences(train), to_sequences(test)
model = Sequential()
model.add(Input((train_x.shape[1], train_x.shape[2])))
model.add(LSTM(32))
model.add(Dense(1))
model.compile(loss="mae", optimizer="adam")
model.fit(train_x, target.values[:split], epochs=1, batch_size=20, verbose=0, shuffle=False)
yhat = model.predict(test_x, verbose=0)
print(yhat.shape)
