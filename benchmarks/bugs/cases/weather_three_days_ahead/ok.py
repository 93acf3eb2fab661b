import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Input, Reshape
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.sequence import TimeseriesGenerator

rng = np.random.default_rng(9)
DAYS, FEATURES, AHEAD = 120, 12, 3


def ahead_of(table, steps):
    """For each day the days after it; the last days repeat."""
    padded = np.concatenate([table, np.repeat(table[-1:], steps, axis=0)])
    return np.stack([padded[i + 1:i + 1 + steps] for i in range(len(table))])


X = rng.normal(size=(DAYS, FEATURES))
y = ahead_of(X, AHEAD)
print(X.shape, y.shape)
n_input = 7
generator = TimeseriesGenerator(X, y, length=n_input, batch_size=4)
for i in range(2):
    x_, y_ = generator[i]
    print(x_.shape, y_.shape)

model = Sequential()
model.add(Input((None, FEATURES)))
model.add(LSTM(4))
model.add(Dense(AHEAD * FEATURES))
model.add(Reshape((AHEAD, FEATURES)))
model.compile(loss="mean_squared_error", optimizer="adam")
history = model.fit(generator, epochs=1).history
