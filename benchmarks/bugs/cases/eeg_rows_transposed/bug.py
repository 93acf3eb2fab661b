import numpy as np
from keras.layers import Dense, Dropout, Flatten, Input
from keras.models import Sequential

FEATURES = ["open", "high", "low", "close", "volume", "rsi", "macd"]


def table(days=152, steps=169):
    columns = []
    for name in FEATURES:
        rng = np.random.default_rng(len(name))
        columns.append(rng.normal(size=(days, steps)))
    return np.stack(columns, axis=1)


def normalise(x):
    return (x - x.mean()) / x.std()


def network(steps):
    model = Sequential()
    model.add(Input((steps, len(FEATURES))))
    model.add(Dense(32, activation="relu"))
    model.add(Dropout(0.2))
    model.add(Flatten())
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


X = normalise(table())
y = (X[:, 3, -1] > X[:, 3, 0]).astype(int)
classifier = network(X.shape[2])
classifier.fit(X, y, epochs=2, batch_size=16)
