import numpy as np
import pandas as pd
from tensorflow.keras.layers import LSTM, Dense
from tensorflow.keras.models import Sequential


def series_to_supervised(data, n_in=1, n_out=1):
    df = pd.DataFrame(data)
    cols = [df.shift(i) for i in range(n_in, 0, -1)] + [df.shift(-i) for i in range(n_out)]
    agg = pd.concat(cols, axis=1)
    return agg.dropna()


rng = np.random.default_rng(9)
log = pd.DataFrame({
    "cpu": rng.uniform(0, 100, 97),
    "memory": rng.uniform(0, 100, 97),
    "errors": rng.integers(0, 5, 97),
    "failure": rng.integers(0, 2, 97),
})
scaled = ((log - log.min()) / (log.max() - log.min())).values.astype("float32")
reframed = series_to_supervised(scaled, 1, 1)

# dividing into train and test, 75% for training
values = reframed.values
n_train = int(len(values) * 0.75)
train, test = values[:n_train, :], values[n_train:, :]
train_X, train_y = train[:, :-1], train[:, -1]
test_X, test_y = test[:, :-1], test[:, -1]
train_X = train_X.reshape((train_X.shape[0], 1, train_X.shape[1]))
test_X = test_X.reshape((test_X.shape[0], 1, test_X.shape[1]))
test_y = test_y.reshape(120, 1)
print(train_X.shape, train_y.shape, test_X.shape, test_y.shape)

model = Sequential()
model.add(LSTM(50, input_shape=(train_X.shape[1], train_X.shape[2])))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(train_X, train_y, epochs=2, batch_size=12, validation_data=(test_X, test_y), verbose=0, shuffle=False)
yhat = model.predict(test_X, verbose=0)
print(np.mean((yhat > 0.5) == (test_y > 0.5)))
