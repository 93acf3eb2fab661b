import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Embedding
from tensorflow.keras.models import Sequential

PAIRS = [
    ("hello there", 0),
    ("what is your name", 1),
    ("good bye", 2),
    ("see you later then", 2),
]


def learn(pairs):
    words = {}
    for sentence, _ in pairs:
        for word in sentence.split():
            words.setdefault(word, len(words) + 1)
    return words


LearnedWords = learn(PAIRS)
X, Y = [], []
for sentence, answer in PAIRS:
    X.append([LearnedWords[word] for word in sentence.split()])
    Y.append(answer)
X = np.array(X, dtype=object)
Y = np.array(Y)

model = Sequential()
model.add(Embedding(len(LearnedWords) + 1, 8))
model.add(LSTM(16))
model.add(Dense(3, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(X, Y, epochs=1)
