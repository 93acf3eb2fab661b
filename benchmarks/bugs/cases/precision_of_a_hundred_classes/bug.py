import random

import numpy as np
from tensorflow.keras.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.metrics import Precision, Recall
from tensorflow.keras.models import Sequential

IMG_SIZE = 40
CATEGORIES = ["forest", "fire"]


def create_training_data(count=40):
    training_data = []
    for category in CATEGORIES:
        class_num = CATEGORIES.index(category)
        for _ in range(count // len(CATEGORIES)):
            training_data.append([np.random.randint(0, 255, (IMG_SIZE, IMG_SIZE)), class_num])
    random.shuffle(training_data)
    return training_data


X, y = [], []
for features, label in create_training_data():
    X.append(features)
    y.append(label)
X = np.array(X).reshape(-1, IMG_SIZE, IMG_SIZE, 1) / 255.0
y = np.array(y).reshape(-1, 1)

model = Sequential()
model.add(Conv2D(16, (3, 3), input_shape=X.shape[1:]))
model.add(Activation("relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(100))
model.add(Activation("softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy", Precision(), Recall()])
model.fit(X, y, batch_size=8, epochs=1, validation_split=0.2, verbose=0)
