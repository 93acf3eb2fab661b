import numpy as np
from keras import Sequential
from keras.layers import Dense, Input

class Agent:
    def __init__(self, state_size, action_size):
        self.state_size = state_size
        self.action_size = action_size
        self.model = self._build()

    def _build(self):
        model = Sequential([Input((self.state_size,)), Dense(24, activation="relu"), Dense(self.action_size)])
        model.compile(loss="mse", optimizer="adam")
        return model

    def act(self, state):
        q = self.model.predict(state, verbose=0)
        return np.argmax(q[0])

agent = Agent(4, 2)
state = np.zeros(4)

print(agent.act(state))
