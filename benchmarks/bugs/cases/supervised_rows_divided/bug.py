import numpy as np
import pandas as pd
from keras import Sequential
from keras.layers import LSTM, Dense, Input


def series_to_supervised(data, n_in=1, n_out=1):
    df = pd.DataFrame(data)
    cols = []
    for i in range(n_in, 0, -1):
        cols.append(df.shift(i))
    for i in range(0, n_out):
        cols.append(df.shift(-i))
    agg = pd.concat(cols, axis=1)
    agg.dropna(inplace=True)
    return agg


n_hours, n_features = 3, 12
dataset = np.random.rand(900, n_features)
values = series_to_supervised(dataset, n_hours, 1).values

n_train = 600
train, test = values[:n_train, :], values[n_train:, :]
n_obs = n_hours * n_features
train_X, train_y = train[:, :n_obs], train[:, -n_features]
test_X, test_y = test[:, :n_obs], test[:, -n_features]

train_X = train_X.reshape((int(train_X.shape[0] / n_hours), n_hours, n_obs))
print(train_X.shape, train_y.shape)

model = Sequential()
model.add(Input((train_X.shape[1], train_X.shape[2])))
model.add(LSTM(50))
model.add(Dense(1))
model.compile(loss="mae", optimizer="adam")
history = model.fit(train_X, train_y, epochs=1, batch_size=72, shuffle=False)
