import numpy as np
import pandas as pd
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

TIME_STEPS = 5
table = pd.DataFrame(np.random.rand(1000, 31), columns=[f"f{i}" for i in range(30)] + ["activity"])
X = table.drop(columns="activity").values
y = (table["activity"] > 0.5).astype(int).values
X = np.reshape(X, (X.shape[0], TIME_STEPS, X.shape[1]))

model = Sequential([Input((TIME_STEPS, X.shape[2])), LSTM(32), Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, batch_size=100, epochs=1)
