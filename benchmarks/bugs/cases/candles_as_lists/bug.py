import random

from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Sequential

lengthvector = 10
window = 30


def candle():
    return [random.random() for _ in range(lengthvector)]


def load_data(rows):
    candles = [candle() for _ in range(rows)]
    x, y = [], []
    for end in range(window, len(candles)):
        x.append(candles[end - window:end])
        y.append(candles[end])
    split = int(0.9 * len(x))
    return x[:split], y[:split]


def create_model():
    model = Sequential()
    model.add(Input((window, lengthvector)))
    model.add(LSTM(20, return_sequences=True))
    model.add(Dropout(0.2))
    model.add(LSTM(20, return_sequences=False))
    model.add(Dropout(0.2))
    model.add(Dense(lengthvector, activation="sigmoid"))
    model.compile(loss="mse", optimizer="rmsprop", metrics=["accuracy"])
    return model


x_train, y_train = load_data(230)
print(str(len(x_train)) + " - " + str(len(x_train[0])) + " - " + str(len(x_train[0][0])))
model = create_model()
model.fit(x_train, y_train, batch_size=32, epochs=1, validation_split=0.05)
