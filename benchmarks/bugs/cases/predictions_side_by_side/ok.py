import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


def base_network(features, classes):
    net = keras.Sequential([
        keras.Input((features,)),
        layers.Dense(16, activation="tanh"),
        layers.Dense(classes, activation="softmax"),
    ])
    net.compile("adam", "sparse_categorical_crossentropy")
    return net


def nearest_mean(x_train, y_train, x):
    means = np.stack([x_train[y_train == c].mean(axis=0) for c in range(3)])
    distance = ((x[:, None, :] - means[None]) ** 2).sum(axis=-1)
    return distance.argmin(axis=1)


def stack(network, x_train, y_train, x):
    probabilities = network.predict(x, verbose=0)
    votes = nearest_mean(x_train, y_train, x)
    return np.concatenate([probabilities, votes[:, None]], axis=1)


x = np.random.rand(90, 8)
y = np.arange(90) % 3
network = base_network(8, 3)
network.fit(x, y, epochs=1, verbose=0)
level_two = stack(network, x, y, x)
judge = base_network(level_two.shape[1], 3)
judge.fit(level_two, y, epochs=1, verbose=0)
