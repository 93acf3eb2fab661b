from tensorflow.keras.layers import (LSTM, Conv1D, Dense, Dropout, Embedding, Input, MaxPooling1D, Reshape)
from tensorflow.keras.models import Sequential

max_features = 80
maxlen = 40
max_charlen = 12
embedding_size = 32
filter_length = 3
nb_filter = 64
pool_length = 4

char = Sequential()
char.add(Input((maxlen * max_charlen,)))
char.add(Embedding(max_features, embedding_size))
char.add(Conv1D(nb_filter, filter_length, padding="valid", activation="relu"))
char.add(MaxPooling1D(pool_length))
char.add(Reshape((maxlen, embedding_size)))
char.add(LSTM(50, return_sequences=True))
char.add(Dropout(0.2))
char.add(Dense(9, activation="softmax"))
char.compile(loss="categorical_crossentropy", optimizer="adam")
char.summary()
