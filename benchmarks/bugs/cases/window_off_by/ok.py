import numpy as np
import keras
from keras import layers

series = np.sin(np.arange(500) * 0.1)
look_back = 20

def make_windows(data, n):
    xs, ys = [], []
    for i in range(len(data) - n):
        xs.append(data[i:i + n])
        ys.append(data[i + n])
    return np.array(xs), np.array(ys)

X, Y = make_windows(series, look_back)
X = X.reshape((X.shape[0], X.shape[1], 1))
split = int(len(X) * 0.8)
X_train, X_val = X[:split], X[split:]
Y_train, Y_val = Y[:split], Y[split:]
model = keras.Sequential([layers.Input((look_back, 1)), layers.GRU(8), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(X_train, Y_train, validation_data=(X_val, Y_val), epochs=1)
