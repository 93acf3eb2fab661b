import numpy as np
from tensorflow.keras.layers import LSTM, Activation, Dense, Flatten, Input, Reshape
from tensorflow.keras.models import Sequential

LOOKBACK, BOOK_SIZE = 25, 10


class Environment:
    """An order book: bids and asks with price and size, at this moment and before."""

    def __init__(self):
        self.observation_space_shape = (2 * LOOKBACK + 1, BOOK_SIZE, 2)
        self.levels = list(range(-50, 51))

    def reset(self):
        return np.random.rand(*self.observation_space_shape)


def create_model(env):
    shape = env.observation_space_shape
    model = Sequential()
    model.add(Input((1, *shape)))
    model.add(Reshape((shape[0], shape[1])))
    model.add(LSTM(64, return_sequences=True))
    model.add(Flatten())
    model.add(Dense(128, activation="relu"))
    model.add(Dense(len(env.levels)))
    model.add(Activation("linear"))
    return model


env = Environment()
model = create_model(env)
state = env.reset()
q_values = model.predict(state[np.newaxis, np.newaxis], verbose=0)
print(q_values.shape)
