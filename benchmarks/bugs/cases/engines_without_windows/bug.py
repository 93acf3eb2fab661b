import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Model

sensors = [f"s{i}" for i in range(1, 22)]
columns = ["id", "cycle", "setting1", "setting2", "setting3", *sensors]
train_df = pd.DataFrame(np.random.rand(300, len(columns)), columns=columns)
train_df["id"] = np.repeat([1, 2, 3], 100)
train_df["RUL"] = np.tile(np.arange(100)[::-1], 3)

sequence_length = 50
features = ["setting1", "setting2", "setting3", *sensors]
train_df[features] = MinMaxScaler().fit_transform(train_df[features])


def gen_sequence(engine, length, columns):
    data = engine[columns].values
    for start, stop in zip(range(0, len(data) - length), range(length, len(data))):
        yield data[start:stop, :]


X = np.concatenate([list(gen_sequence(train_df[train_df["id"] == i], sequence_length, features)) for i in (1, 2, 3)])
y = np.concatenate([train_df[train_df["id"] == i]["RUL"].values[sequence_length:] for i in (1, 2, 3)])

inputs = Input((sequence_length, len(features)))
x = Dropout(0.2)(LSTM(32)(inputs))
model = Model(inputs, Dense(1)(x))
model.compile("adam", "mse")
model.fit(X, y, epochs=1, verbose=0)

last = train_df[train_df["id"] == 3][features].values
print(model.predict(last, verbose=0).shape)
