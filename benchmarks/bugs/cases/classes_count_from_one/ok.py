import numpy as np
from keras.layers import LSTM, Dense, Embedding, Input
from keras.models import Sequential
from keras.utils import to_categorical

max_words, max_len = 2000, 40
X_train = np.random.randint(1, max_words, size=(300, max_len))
X_test = np.random.randint(1, max_words, size=(60, max_len))
y_train = np.tile([1, 2, 3], 100)
y_test = np.tile([1, 2, 3], 20)

y_train = to_categorical(y_train - 1)
y_test = to_categorical(y_test - 1)

model = Sequential()
model.add(Input((max_len,)))
model.add(Embedding(max_words, 16))
model.add(LSTM(24, dropout=0.2))
model.add(Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, y_train, batch_size=64, epochs=1, validation_data=(X_test, y_test))
