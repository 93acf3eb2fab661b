import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Dataset:
    """Feeds windows of a signal and the value that follows."""

    def __init__(self, signal, width, batch):
        self.signal, self.width, self.batch = signal, width, batch

    def generate(self):
        while True:
            starts = np.random.randint(0, len(self.signal) - self.width - 1, self.batch)
            x = np.stack([self.signal[s:s + self.width] for s in starts])
            y = np.stack([self.signal[s + self.width] for s in starts])
            yield x, y


signal = np.sin(np.arange(300) / 10).astype("float32")
model = keras.Sequential([layers.Input((20,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
model.compile("adam", "mse")
feed = Dataset(signal, 20, 8)
model.fit(feed.generate(), steps_per_epoch=5, epochs=1, verbose=0)
