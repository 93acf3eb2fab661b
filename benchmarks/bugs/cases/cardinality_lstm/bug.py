import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input

X = np.random.rand(99, 1200)
y = np.random.rand(99, 1)
X = X.reshape(1, X.shape[0], X.shape[1])
model = Sequential()
model.add(Input(shape=(None, 1200)))
model.add(LSTM(16))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(X, y, epochs=1, verbose=2)
