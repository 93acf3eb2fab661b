from collections import deque

import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input
from tensorflow.keras.models import Sequential

INPUT_SHAPE = (60, 64, 3)
WINDOW = 1


class Memory:
    def __init__(self, limit, window_length):
        self.window = deque(maxlen=window_length)
        self.limit = limit

    def recent(self, observation):
        self.window.append(observation)
        while len(self.window) < self.window.maxlen:
            self.window.append(observation)
        return list(self.window)


class Agent:
    def __init__(self, model, actions, memory):
        self.model, self.actions, self.memory = model, actions, memory

    def forward(self, observation):
        state = self.memory.recent(observation)
        q_values = self.model.predict_on_batch(np.array([state])).flatten()
        assert q_values.shape == (self.actions,)
        return int(np.argmax(q_values))


def network(actions):
    model = Sequential()
    model.add(Input(INPUT_SHAPE))
    model.add(Conv2D(8, (8, 8), strides=(4, 4), activation="relu"))
    model.add(Conv2D(8, (4, 4), strides=(2, 2), activation="relu"))
    model.add(Flatten())
    model.add(Dense(32, activation="relu"))
    model.add(Dense(actions, activation="softmax"))
    return model


agent = Agent(network(4), 4, Memory(50000, WINDOW))
print(agent.forward(np.zeros(INPUT_SHAPE)))
