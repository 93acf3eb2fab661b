import keras
import numpy as np


def load_data(input_size, recordings):
    """The frames of all recordings, flattened, and the commands that were given."""
    X = np.empty((0, input_size))
    y = np.empty((0, 4))
    for frames, commands in recordings:
        train = frames.reshape(len(frames), -1).astype("float32")
        X = np.vstack((X, train))
        y = np.vstack((y, commands))
    return X / 255.0, y


def create(layer_sizes):
    model = keras.Sequential([keras.Input((layer_sizes[0],))])
    for units in layer_sizes[1:-1]:
        model.add(keras.layers.Dense(units, activation="sigmoid"))
    model.add(keras.layers.Dense(layer_sizes[-1], activation="softmax"))
    return model
