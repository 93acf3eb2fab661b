import random
from collections import deque
import numpy as np
from keras import Sequential, layers


class Agent:
    def __init__(self, state_size, action_size):
        self.state_size, self.action_size = state_size, action_size
        self.memory = deque(maxlen=2000)
        self.gamma = 0.95
        self.model = self._build()

    def _build(self):
        model = Sequential([
            layers.Input((self.state_size,)),
            layers.Dense(24, activation="relu"),
            layers.Dense(self.action_size),
        ])
        model.compile(loss="mse", optimizer="adam")
        return model

    def act(self, state):
        if np.random.rand() < 0.5:
            return random.randrange(self.action_size)
        return np.argmax(self.model.predict(state, verbose=0)[0])

    def replay(self, batch_size):
        for state, action, reward, next_state in random.sample(list(self.memory), batch_size):
            future = np.amax(self.model.predict(next_state[np.newaxis], verbose=0)[0])
            target = self.model.predict(state[np.newaxis], verbose=0)
            target[0][action] = reward + self.gamma * future
            self.model.fit(state[np.newaxis], target, epochs=1, verbose=0)


agent = Agent(4, 2)
for episode in range(10):
    state = np.random.uniform(-1, 1, size=4)
    for _ in range(3):
        action = agent.act(state)
        next_state = np.random.uniform(-1, 1, size=4)
        agent.memory.append((state, action, 1.0, next_state))
        state = next_state
agent.replay(2)
