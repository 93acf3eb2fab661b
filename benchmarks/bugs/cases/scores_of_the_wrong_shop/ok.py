import numpy as np
import pandas as pd
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

days, steps, features = 80, 20, ["Open", "Low", "High", "Volume"]
table = pd.DataFrame(np.random.rand(days, 5), columns=[*features, "Close"])
x = table[features].values
y = table["Close"].values
windows = np.array([x[i:i + steps] for i in range(days - steps)])
targets = y[steps:]

model = Sequential([
    Input((steps, len(features))),
    LSTM(20, return_sequences=True),
    LSTM(20),
    Dense(1),
])
model.compile("adam", "mse")
model.fit(windows, targets, epochs=1, verbose=0)
predicted = model.predict(windows, verbose=0)
table.loc[steps:, "Predicted"] = predicted[:, 0]
