from keras.layers import Activation, Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D, Reshape
from keras.models import Sequential

model = Sequential()
model.add(Input(shape=(2679,)))
model.add(Reshape((57, 47, 1)))
model.add(Conv2D(10, 5, padding="same"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.5))
model.add(Conv2D(15, 5, padding="same"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.5))
model.add(Flatten())
model.add(Dense(2000))
model.add(Activation("tanh"))
model.add(Dense(40, kernel_initializer="random_uniform"))
model.add(Activation("softmax"))
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
