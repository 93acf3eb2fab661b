import numpy as np
from keras.layers import Activation, Concatenate, Dense, Flatten, Input
from keras.models import Model, Sequential

WINDOW_LENGTH = 4


class Box:
    def __init__(self, low, high, shape):
        self.low, self.high, self.shape = low, high, shape


class ArmEnv:
    """Seven by seven feature maps of a camera, four joints."""

    def __init__(self):
        self.action_space = Box(-1.0, 1.0, (4,))
        self.observation_space = Box(0.0, 1.0, (7, 7, 32))

    def reset(self):
        return np.zeros(self.observation_space.shape)


env = ArmEnv()
assert len(env.action_space.shape) == 1
nb_actions = env.action_space.shape[0]

actor = Sequential()
actor.add(Flatten(input_shape=(WINDOW_LENGTH,) + env.observation_space.shape))
actor.add(Dense(256))
actor.add(Activation("relu"))
actor.add(Dense(nb_actions))
actor.add(Activation("tanh"))

action_input = Input(shape=(nb_actions,), name="action_input")
observation_input = Input(shape=(WINDOW_LENGTH,) + env.observation_space.shape, name="observation_input")
flattened_observation = Flatten()(observation_input)
x = Dense(400)(flattened_observation)
x = Activation("relu")(x)
x = Concatenate()([x, action_input])
x = Dense(300)(x)
x = Activation("relu")(x)
x = Dense(1)(x)
x = Activation("linear")(x)
critic = Model(inputs=[action_input, observation_input], outputs=x)
critic.summary()
