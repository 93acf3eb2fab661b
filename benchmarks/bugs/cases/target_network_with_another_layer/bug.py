import random
from collections import deque

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


def q_net(input_shape, fc_layer_params, n_outputs, dueling=False):
    state = keras.Input(input_shape)
    x = layers.Rescaling(1 / 255.0)(state)
    for filters, kernel, stride in [(16, 8, 4), (32, 4, 2)]:
        x = layers.Conv2D(filters, kernel, strides=stride, activation="relu")(x)
    x = layers.Flatten()(x)
    for units in fc_layer_params:
        x = layers.Dense(units, activation="relu")(x)
    if dueling:
        value = layers.Dense(1)(x)
        advantage = layers.Dense(n_outputs)(x)
        advantage = advantage - keras.ops.mean(advantage, axis=1, keepdims=True)
        return keras.Model(state, value + advantage)
    return keras.Model(state, layers.Dense(n_outputs)(x))


class DqnAgent:
    def __init__(self, observation_shape, n_actions, discount=0.99):
        self.n_actions = n_actions
        self.discount = discount
        self.q_network = q_net(observation_shape, [64], n_actions, dueling=True)
        self.target_q_network = q_net(observation_shape, [64], n_actions)
        self.q_network.compile(keras.optimizers.RMSprop(2.5e-4), keras.losses.Huber())
        self.replay = deque(maxlen=200)

    def update_target(self):
        self.target_q_network.set_weights(self.q_network.get_weights())

    def observe(self, *transition):
        self.replay.append(transition)

    def train(self, batch_size=8):
        states, actions, rewards, following = map(np.array, zip(*random.sample(self.replay, batch_size)))
        targets = self.q_network.predict(states, verbose=0)
        best = self.target_q_network.predict(following, verbose=0).max(axis=1)
        targets[np.arange(batch_size), actions] = rewards + self.discount * best
        return self.q_network.train_on_batch(states, targets)


agent = DqnAgent((84, 84, 4), 4)
for _ in range(10):
    screen = np.random.randint(0, 256, (84, 84, 4)).astype("float32")
    agent.observe(screen, random.randrange(4), 1.0, np.roll(screen, 1, axis=-1))
agent.update_target()
print(agent.train())
