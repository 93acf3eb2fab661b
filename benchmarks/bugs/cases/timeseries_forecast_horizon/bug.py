import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input

def split_sequences(seq, n_in, n_out):
    X, y = [], []
    for i in range(len(seq)):
        end = i + n_in
        if end + n_out > len(seq):
            break
        X.append(seq[i:end, :])
        y.append(seq[end:end + n_out, 0])
    return np.array(X), np.array(y)

data = np.random.rand(120, 4)
X, y = split_sequences(data, 10, 3)
model = Sequential([Input((10, 4)), LSTM(20), Dense(2)])
model.compile(optimizer="adam", loss="mse")
model.fit(X, y, epochs=1, verbose=0)
