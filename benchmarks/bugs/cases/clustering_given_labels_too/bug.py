"""Deep clustering of small digits: an autoencoder first, then centres of its features."""
import argparse

import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model


def autoencoder(dims, act="relu"):
    stacks = len(dims) - 1
    image = Input(shape=(dims[0],), name="image")
    h = image
    for i in range(stacks - 1):
        h = Dense(dims[i + 1], activation=act, name=f"encoder_{i}")(h)
    h = Dense(dims[-1], name=f"encoder_{stacks - 1}")(h)
    code = h
    for i in range(stacks - 1, 0, -1):
        h = Dense(dims[i], activation=act, name=f"decoder_{i}")(h)
    h = Dense(dims[0], name="decoder_0")(h)
    return Model(image, h, name="AE"), Model(image, code, name="encoder")


class Clustering:
    def __init__(self, dims, n_clusters):
        self.n_clusters = n_clusters
        self.autoencoder, self.encoder = autoencoder(dims)

    def pretrain(self, x, epochs, batch_size):
        self.autoencoder.compile(optimizer="adam", loss="mse")
        self.autoencoder.fit(x, x, epochs=epochs, batch_size=batch_size, verbose=0)

    def extract_feature(self, x):
        return self.encoder.predict(x, verbose=0)

    def centres(self, x, rng):
        features = self.extract_feature(x)
        chosen = rng.choice(len(features), self.n_clusters, replace=False)
        return features[chosen]


def load_digits(rng, count):
    images = rng.integers(0, 256, size=(count, 8, 8)).astype("float32")
    labels = rng.integers(0, 10, size=(count, 1))
    return images.reshape(count, -1) / 255.0, labels


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--n_clusters", default=10, type=int)
    parser.add_argument("--batch_size", default=32, type=int)
    parser.add_argument("--epochs", default=1, type=int)
    args = parser.parse_args([])
    generator = np.random.default_rng(0)
    x, y = load_digits(generator, 96)
    idec = Clustering([64, 32, 32, 10], args.n_clusters)
    idec.pretrain(x, args.epochs, args.batch_size)
    print(idec.centres([x, y], generator).shape)
