import numpy as np
from tensorflow.keras.layers import LSTM, Dense, GlobalAveragePooling1D, Input, TimeDistributed
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

features = np.random.rand(11, 2048)
labels = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1])
x_train_all = features.reshape(features.shape[0], 1, features.shape[1])
y_train_all = to_categorical(labels)

model = Sequential()
model.add(Input((1, 2048)))
model.add(LSTM(10, return_sequences=True))
model.add(TimeDistributed(Dense(5)))
model.add(GlobalAveragePooling1D())
model.add(Dense(y_train_all.shape[1], activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
history = model.fit(x_train_all, y_train_all, batch_size=5, epochs=1, verbose=0)
