import numpy as np
import keras
from keras import layers

ROWS, COLS, CLASSES = 32, 64, 5


class ValidateOnCityscape(keras.callbacks.Callback):
    def __init__(self, images, labels, every=2):
        super().__init__()
        self.images = images
        self.labels = labels
        self.every = every
        self.history = []

    def on_train_batch_begin(self, batch, logs=None):
        if batch % self.every:
            return
        hits = []
        for image, label in zip(self.images, self.labels):
            loaded = np.transpose(image, (2, 0, 1))[np.newaxis]
            predicted = self.model.predict(loaded, verbose=0)
            hits.append((predicted.argmax(-1)[0] == label).mean())
        self.history.append(float(np.mean(hits)))


def fcn():
    inputs = keras.Input((ROWS, COLS, 3))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    x = layers.Conv2D(16, 3, padding="same", strides=2, activation="relu")(x)
    x = layers.Conv2DTranspose(CLASSES, 4, strides=2, padding="same", activation="softmax")(x)
    return keras.Model(inputs, x)


def my_generator(batch_size=2):
    while True:
        x = np.random.rand(batch_size, ROWS, COLS, 3).astype("float32")
        y = np.random.randint(0, CLASSES, (batch_size, ROWS, COLS))
        yield x, y


val_images = np.random.rand(3, ROWS, COLS, 3).astype("float32")
val_labels = np.random.randint(0, CLASSES, (3, ROWS, COLS))
seg_model = fcn()
seg_model.compile("adadelta", "sparse_categorical_crossentropy")
seg_model.fit(my_generator(), steps_per_epoch=4, epochs=1,
              callbacks=[ValidateOnCityscape(val_images, val_labels)])
