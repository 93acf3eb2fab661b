from keras.models import Sequential
from keras.layers import Input, TimeDistributed, Conv2D, MaxPooling2D, Flatten, LSTM, Dense

frames, rows, cols = 10, 64, 64
cnn = Sequential()
cnn.add(Input((rows, cols, 1)))
cnn.add(Conv2D(8, (3, 3), activation="relu", padding="same"))
cnn.add(MaxPooling2D((2, 2)))
cnn.add(Flatten())

model = Sequential()
model.add(Input((frames, rows, cols)))
model.add(TimeDistributed(cnn))
model.add(LSTM(50))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam")
