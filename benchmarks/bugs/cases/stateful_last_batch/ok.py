import numpy as np
from keras import Input
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM

vocab_size = 20
max_len = 10
n_labels = 5
n_samples = 48
batch_size = 16

X_train = np.random.randint(0, vocab_size, size=[n_samples, max_len])
y_train = np.random.randint(0, 2, size=[n_samples, n_labels])

model = Sequential()
model.add(Input(batch_shape=(batch_size, max_len)))
model.add(Embedding(vocab_size, 12))
model.add(LSTM(30, stateful=True))
model.add(Dense(n_labels, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(X_train, y_train, batch_size=batch_size, epochs=1)
