import numpy as np
from keras.layers import BatchNormalization, Dense, Input
from keras.models import Sequential
from keras.utils import to_categorical

emotions = {"angry": 0, "disgust": 1, "fear": 2, "happy": 3, "neutral": 4, "sad": 5, "surprise": 6}
names = list(emotions)


def encode(name):
    return to_categorical([emotions[name]], num_classes=len(emotions))


rng = np.random.default_rng(3)
embeddings, targets = [], []
for index in range(140):
    embeddings.append(rng.random(128))
    targets.append(encode(names[index % 7]))

X = np.asarray(embeddings)
Y = np.asarray(targets)

model = Sequential()
model.add(Input(shape=(128,)))
model.add(Dense(64, activation="relu"))
model.add(BatchNormalization())
model.add(Dense(7, activation="softmax"))
model.compile("adam", loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(X, Y, validation_split=0.2, epochs=2)
