import random
import numpy as np
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.models import Sequential


class MountainCar:
    observation_space, action_space = (2,), 3

    def reset(self):
        self.t = 0
        return np.zeros(self.observation_space)

    def step(self, action):
        self.t += 1
        return np.random.uniform(-1, 1, self.observation_space), -1.0, self.t >= 10, {}


def build_model(states, actions):
    model = Sequential()
    model.add(Flatten(input_shape=(1, states)))
    model.add(Dense(24, activation="relu"))
    model.add(Dense(actions, activation="linear"))
    return model


env = MountainCar()
model = build_model(env.observation_space[0], env.action_space)
for episode in range(2):
    state, done = env.reset(), False
    while not done:
        if random.random() < 0.1:
            action = random.randrange(env.action_space)
        else:
            action = int(np.argmax(model.predict(state.reshape(1, 1, -1), verbose=0)))
        state, reward, done, info = env.step(action)
