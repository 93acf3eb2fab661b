import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Model

ALPHABET = "abcdefghjkmnpqrstuvwxyz2345678"
TEXTS = ["2b827", "c6f8g", "mnpqx", "4d22h", "yw5np", "b28g8", "fxp7n", "gny6b"]


def preprocess(texts, height=50, width=200):
    X = np.zeros((len(texts), height, width, 1))
    y = np.zeros((len(texts[0]), len(texts), len(ALPHABET)))
    for i, text in enumerate(texts):
        X[i] = np.random.rand(height, width, 1)
        for position, char in enumerate(text):
            y[position, i, ALPHABET.index(char)] = 1
    return X, y


def create_model(num_symbols, length=5):
    img = Input(shape=(50, 200, 1))
    x = img
    for filters in (16, 32, 32):
        x = MaxPooling2D(padding="same")(Conv2D(filters, 3, padding="same", activation="relu")(x))
    flat = Flatten()(x)
    outs = [Dense(num_symbols, activation="softmax")(Dense(64, activation="relu")(flat)) for _ in range(length)]
    model = Model(img, outs)
    model.compile(loss=["categorical_crossentropy"] * length, optimizer="adam")
    return model


X, y = preprocess(TEXTS)
characters = set(TEXTS[0]) | set(TEXTS[1])
model = create_model(len(ALPHABET))
model.fit(X, [y[0], y[1], y[2], y[3], y[4]], batch_size=4, epochs=1)
