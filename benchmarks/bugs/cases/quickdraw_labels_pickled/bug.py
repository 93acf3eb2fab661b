import os
import pickle
import tempfile

import numpy as np
from tensorflow.keras.callbacks import ModelCheckpoint
from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

NUM_OF_CLASSES = 15
folder = tempfile.mkdtemp()


def write(count=300):
    features = np.random.rand(count, 28 * 28)
    labels = np.arange(count) % NUM_OF_CLASSES
    for name, data in (("features", features), ("labels", labels)):
        with open(os.path.join(folder, name), "wb") as f:
            pickle.dump(data, f, protocol=4)


def load_from_pickle():
    with open(os.path.join(folder, "features"), "rb") as f:
        features = np.array(pickle.load(f))
    with open(os.path.join(folder, "labels"), "rb") as f:
        labels = np.array(pickle.load(f))
    return features, labels


def keras_model(image_x, image_y):
    model = Sequential()
    model.add(Input((image_x, image_y, 1)))
    model.add(Conv2D(8, (5, 5), activation="relu"))
    model.add(MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding="same"))
    model.add(Flatten())
    model.add(Dense(64, activation="relu"))
    model.add(Dropout(0.6))
    model.add(Dense(NUM_OF_CLASSES, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    checkpoint = ModelCheckpoint(os.path.join(folder, "QuickDraw.keras"), monitor="val_accuracy", save_best_only=True)
    return model, [checkpoint]


def main():
    write()
    features, labels = load_from_pickle()
    
    split = int(0.9 * len(features))
    train_x, test_x = features[:split], features[split:]
    train_y, test_y = labels[:split].reshape(split, -1), labels[split:].reshape(len(features) - split, -1)
    train_x = train_x.reshape(train_x.shape[0], 28, 28, 1)
    test_x = test_x.reshape(test_x.shape[0], 28, 28, 1)
    model, callbacks_list = keras_model(28, 28)
    model.fit(train_x, train_y, validation_data=(test_x, test_y), epochs=1, batch_size=64, callbacks=callbacks_list)


main()
