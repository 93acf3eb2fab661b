import random
from collections import deque

import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam


class Pole:
    """A pole on a cart, as a newer gym has it."""

    def __init__(self):
        self.rng = np.random.default_rng(0)

    def reset(self):
        return self.rng.normal(size=4), {}

    def step(self, action):
        return self.rng.normal(size=4), 1.0, self.rng.random() < 0.1, False, {}


class DQNAgent:
    def __init__(self, state_size, action_size):
        self.state_size, self.action_size = state_size, action_size
        self.memory = deque(maxlen=2000)
        self.gamma, self.epsilon = 0.95, 0.1
        self.model = self._build_model()

    def _build_model(self):
        model = Sequential()
        model.add(Input((self.state_size,)))
        model.add(Dense(24, activation="relu"))
        model.add(Dense(self.action_size, activation="linear"))
        model.compile(loss="mse", optimizer=Adam(learning_rate=0.001))
        return model

    def act(self, state):
        if np.random.rand() <= self.epsilon:
            return random.randrange(self.action_size)
        return int(np.argmax(self.model.predict(state, verbose=0)[0]))

    def replay(self, batch_size):
        for state, action, reward, next_state, done in random.sample(self.memory, batch_size):
            target = reward
            if not done:
                target = reward + self.gamma * np.amax(self.model.predict(next_state, verbose=0)[0])
            target_f = self.model.predict(state, verbose=0)
            target_f[0][action] = target
            self.model.fit(state, target_f, epochs=1, verbose=0)


env = Pole()
agent = DQNAgent(4, 2)
for episode in range(5):
    state = np.array([env.reset()[0]]).T
    for time in range(5):
        action = agent.act(state)
        next_state, reward, done, _, _ = env.step(action)
        next_state = np.reshape(next_state, [1, 4])
        agent.memory.append((state, action, reward, next_state, done))
        state = next_state
        if done:
            break
