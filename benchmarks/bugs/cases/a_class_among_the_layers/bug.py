from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from keras.models import Sequential

model = Sequential()
model.add(Input((64, 64, 3)))
for filters in (32, 64):
    model.add(Conv2D(filters, (3, 3), activation="relu"))
    model.add(MaxPooling2D((2, 2)))
model.add(Flatten)
model.add(Dense(128, activation="relu"))
model.add(Dense(10, activation="softmax"))
model.summary()
