import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class PredictionLogger(keras.callbacks.Callback):
    """Keeps what the model says about a few fixed samples after every epoch."""

    def __init__(self, model, samples, every=1):
        super().__init__()
        self.model = model
        self.samples = samples
        self.every = every
        self.history = []

    def on_epoch_end(self, epoch, logs=None):
        if epoch % self.every == 0:
            self.history.append(self.model.predict(self.samples, verbose=0))


def build(features):
    net = keras.Sequential([
        layers.Input((features,)),
        layers.Dense(16, activation="relu"),
        layers.Dense(1),
    ])
    net.compile("adam", "mse")
    return net


def main():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(64, 6)).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    net = build(x.shape[1])
    logger = PredictionLogger(net, x[:4])
    net.fit(x, y, epochs=2, verbose=0, callbacks=[logger])
    print(len(logger.history))


if __name__ == "__main__":
    main()
