from functools import reduce

import tensorflow as tf
from tensorflow.keras import layers, models

FILTERS = [16, 32, 64]


def stage(model, filters):
    """A convolution and a pool behind what is there."""
    model.add(layers.Conv2D(filters, (3, 3), activation="relu"))
    model.add(layers.MaxPooling2D((2, 2)))
    return model


def head(model, classes=10):
    model.add(layers.Flatten())
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(classes, activation="softmax"))
    return model


def digits():
    (train_images, train_labels), test = tf.keras.datasets.mnist.load_data()
    train_images = train_images.reshape((-1, 28, 28, 1)).astype("float32") / 255
    return (train_images, tf.keras.utils.to_categorical(train_labels)), test


model = models.Sequential()
model.add(layers.Input((28, 28, 1)))
model = head(reduce(stage, FILTERS, model))
model.summary()
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
(images, labels), _ = digits()
model.fit(images, labels, epochs=1, batch_size=256)
