import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential

train_x = np.random.rand(267, 32, 32, 1).astype("float32")
train_y = np.random.randint(0, 2, (267, 1))

model = Sequential()
model.add(Input(shape=train_x.shape))
model.add(Conv2D(32, (3, 3), activation="relu"))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(64, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(optimizer="rmsprop", loss="binary_crossentropy")
model.fit(train_x, train_y, batch_size=64, verbose=0)
