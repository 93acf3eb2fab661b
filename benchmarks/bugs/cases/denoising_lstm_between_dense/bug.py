import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Sequential


def series(length=670, window=20):
    values = np.sin(np.arange(length) / 9.0)
    x = np.stack([values[i:i + window] for i in range(length - window)])
    y = values[window:]
    return x[..., np.newaxis], y


def denoiser(shape):
    model = Sequential()
    model.add(Input(shape))
    model.add(Dense(5))
    model.add(Dense(10))
    model.add(LSTM(32))
    model.add(Dropout(0.3))
    model.add(Dense(5))
    model.add(Dense(1))
    return model


trainX, trainY = series()
print(trainX.shape)
model = denoiser(trainX.shape[2:])
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(trainX, trainY, epochs=1, batch_size=50, verbose=2)
