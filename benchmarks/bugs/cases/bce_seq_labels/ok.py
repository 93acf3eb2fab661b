import numpy as np
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, LSTM, Dense, Input

docs = [[1, 2, 3], [4, 5], [6, 7, 8, 9], [2, 2]]
labels = np.array([0, 1, 1, 0])
padded = pad_sequences(docs, maxlen=8)
model = Sequential()
model.add(Input(shape=(8,)))
model.add(Embedding(20, 16))
model.add(LSTM(8, return_sequences=False))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(padded, labels, epochs=1)
