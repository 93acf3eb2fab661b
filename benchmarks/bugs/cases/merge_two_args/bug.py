import keras
from keras.layers import LSTM, Concatenate, Dense, Dropout, Embedding, Input

VOCAB, WORDS, NUMERIC = 5000, 40, 12


def text_branch():
    words = Input((WORDS,), name="words")
    x = Embedding(VOCAB, 64)(words)
    return words, LSTM(32)(x)


def numeric_branch():
    numbers = Input((NUMERIC,), name="numbers")
    x = Dense(32, activation="relu")(numbers)
    return numbers, Dropout(0.2)(x)


def build(head_units=(64, 16)):
    branches = {"text": text_branch(), "numeric": numeric_branch()}
    merge = Concatenate(axis=-1)
    (words, t), (numbers, n) = branches["text"], branches["numeric"]
    x = merge(t, n)
    for units in head_units:
        x = Dense(units, activation="relu")(x)
    return keras.Model([words, numbers], Dense(1)(x))


model = build()
model.compile("rmsprop", "mae")
