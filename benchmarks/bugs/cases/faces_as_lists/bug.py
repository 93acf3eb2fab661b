import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow.keras import Input
from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

IMG_SIZE = (80, 80)
characters = ["homer", "ned", "moe", "lisa"]


def load_training_set(per_character=12):
    samples = []
    for label, _ in enumerate(characters):
        for _ in range(per_character):
            samples.append((np.random.rand(*IMG_SIZE, 1).astype("float32"), label))
    return samples


train = load_training_set()
featureSet, labels = [], []
for feature, label in train:
    featureSet.append(feature)
    labels.append(label)
labels = to_categorical(labels, len(characters))

x_train, x_val, y_train, y_val = train_test_split(featureSet, labels, test_size=0.25, random_state=1)

model = Sequential([
    Input((*IMG_SIZE, 1)),
    Conv2D(16, 3, activation="relu"),
    MaxPooling2D(),
    Dropout(0.2),
    Flatten(),
    Dense(len(characters), activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=8, epochs=1, validation_data=(x_val, y_val))
