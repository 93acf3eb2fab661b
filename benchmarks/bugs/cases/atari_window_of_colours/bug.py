import random
from collections import deque

import numpy as np
from PIL import Image
from tensorflow.keras.layers import Activation, Conv2D, Dense, Flatten, Permute
from tensorflow.keras.models import Sequential

INPUT_SHAPE = (84, 84)
WINDOW_LENGTH = 4


class Breakout:
    """As much of the game as an agent needs to start."""

    actions = ('noop', 'fire', 'left', 'right')

    def reset(self):
        self.steps = 0
        return self._screen()

    def step(self, action):
        self.steps += 1
        return self._screen(), random.random(), self.steps >= 12, {}

    def _screen(self):
        return np.random.randint(0, 256, (210, 160, 3), dtype=np.uint8)


class AtariProcessor:
    def process_observation(self, observation):
        assert observation.ndim == 3  # (height, width, channel)
        img = Image.fromarray(observation)
        img = img.resize(INPUT_SHAPE)
        frame = np.rollaxis(np.array(img), 2, 0)
        return frame.astype('uint8')

    def process_state_batch(self, batch):
        return batch.astype('float32') / 255.0


class Agent:
    def __init__(self, model, nb_actions, processor):
        self.model, self.nb_actions, self.processor = model, nb_actions, processor
        self.recent = deque(maxlen=WINDOW_LENGTH)

    def forward(self, observation):
        if not self.recent:
            self.recent.extend([np.zeros_like(observation)] * WINDOW_LENGTH)
        self.recent.append(observation)
        state = np.array(list(self.recent))
        batch = self.processor.process_state_batch(state[np.newaxis])
        q_values = self.model.predict_on_batch(batch).flatten()
        assert q_values.shape == (self.nb_actions,)
        return int(np.argmax(q_values))

    def play(self, env):
        observation, done, reward = env.reset(), False, 0.0
        while not done:
            action = self.forward(self.processor.process_observation(observation))
            observation, r, done, _ = env.step(action)
            reward += r
        return reward


env = Breakout()
nb_actions = len(env.actions)
model = Sequential()
model.add(Permute((2, 3, 1), input_shape=(WINDOW_LENGTH,) + INPUT_SHAPE))
for filters, size, stride in ((32, 8, 4), (64, 4, 2), (64, 3, 1)):
    model.add(Conv2D(filters, size, strides=stride))
    model.add(Activation('relu'))
model.add(Flatten())
model.add(Dense(512, activation='relu'))
model.add(Dense(nb_actions, activation='linear'))
print(Agent(model, nb_actions, AtariProcessor()).play(env))
