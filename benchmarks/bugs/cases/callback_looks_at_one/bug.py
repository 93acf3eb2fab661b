import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

PATCH = 60


class Watch(keras.callbacks.Callback):
    """Shows after each epoch what is said of a few patches."""

    def __init__(self, patches, every=1):
        super().__init__()
        self.patches, self.every = patches, every
        self.history = []

    def on_epoch_end(self, epoch, logs=None):
        if epoch % self.every:
            return
        for patch in self.patches:
            said = self.model.predict(patch, verbose=0)
            self.history.append(float(said[0, 0]))
        print(epoch, self.history[-len(self.patches):], (logs or {}).get("loss"))


def hmap(rng, count):
    return rng.random((count, PATCH, PATCH, 1)).astype("float32")


def cnn():
    net = keras.Sequential(name="traversability")
    net.add(keras.Input((PATCH, PATCH, 1)))
    for filters in (5, 5):
        net.add(layers.Conv2D(filters, 3, activation="relu"))
        net.add(layers.MaxPooling2D())
    net.add(layers.Flatten())
    net.add(layers.Dense(2, activation="softmax"))
    return net


rng = np.random.default_rng(6)
x_train, x_test = hmap(rng, 32), hmap(rng, 3)
y_train = keras.utils.to_categorical(rng.integers(0, 2, 32), 2)
net = cnn()
net.compile(loss="categorical_crossentropy", optimizer="adadelta", metrics=["accuracy"])
net.fit(x_train, y_train, epochs=2, batch_size=8, callbacks=[Watch(x_test)])
