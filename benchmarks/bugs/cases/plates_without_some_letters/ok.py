import numpy as np
from tensorflow.keras import layers, models
from tensorflow.keras.utils import to_categorical

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLATES = ["MH20EE7598", "KA05MG1909", "DL3CAY9324", "TN74AL5074", "HR26DK8337"]


def characters(plates, size=28):
    images, names = [], []
    for plate in plates:
        for character in plate:
            images.append(np.full((size, size, 3), ord(character)) / 255.0)
            names.append(character)
    return np.stack(images), names


def encode(names, known):
    index = {name: number for number, name in enumerate(known)}
    return to_categorical([index[name] for name in names], num_classes=len(known))


X, names = characters(PLATES)
Y = encode(names, ALPHABET)
model = models.Sequential()
model.add(layers.Input((28, 28, 3)))
model.add(layers.Conv2D(8, 11, padding="same", activation="relu"))
model.add(layers.MaxPooling2D(4))
model.add(layers.Dropout(0.4))
model.add(layers.Flatten())
model.add(layers.Dense(64, activation="relu"))
model.add(layers.Dense(len(ALPHABET), activation="softmax"))
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X, Y, batch_size=10, epochs=1)
