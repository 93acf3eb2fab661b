import random

import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam


class DQN:
    def __init__(self, state_size, action_size, lr):
        self.state_size, self.action_size, self.lr = state_size, action_size, lr
        self.model = Sequential()
        self.model.add(Input((self.state_size,)))
        self.model.add(Dense(128, activation="relu"))
        self.model.add(Dense(128, activation="relu"))
        self.model.add(Dense(self.action_size, activation="linear"))
        self.model.compile(optimizer=Adam(learning_rate=self.lr), loss="mse")

    def predict(self, state):
        return self.model.predict(state)

    def train(self, state, q_values):
        return self.model.fit(state, q_values, verbose=0)


class Agent:
    def __init__(self, state_size, action_size, epsilon=0.0):
        self.epsilon = epsilon
        self.action_size = action_size
        self.network = DQN(state_size, action_size, lr=0.001)

    def select_action(self, state):
        if random.random() < self.epsilon:
            return random.randrange(self.action_size)
        return int(np.argmax(self.network.predict(state)))


if __name__ == "__main__":
    agent = Agent(state_size=1, action_size=2)
    x = 10.0
    print("action:", agent.select_action(np.array([[x]])))
