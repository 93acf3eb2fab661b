from dataclasses import dataclass

import tensorflow as tf


@dataclass
class Box:
    shape: tuple


class CarRacing:
    observation_space = Box((96, 96, 3))
    action_space = Box((3,))


class Critic(tf.keras.Model):
    def __init__(self, hidden=64, name="critic"):
        super().__init__(name=name)
        self.net = tf.keras.Sequential([
            tf.keras.layers.Dense(hidden, activation="relu"),
            tf.keras.layers.LayerNormalization(),
            tf.keras.layers.Dense(hidden, activation="relu"),
        ])
        self.q = tf.keras.layers.Dense(1)
        self.flatten = tf.keras.layers.Flatten()

    def call(self, obs, action):
        x = tf.concat([obs, action], axis=-1)
        return self.q(self.net(x))


class Agent:
    def __init__(self, env, batch=4):
        self.critic = Critic()
        self.obs = tf.zeros((batch, *env.observation_space.shape))
        self.action = tf.zeros((batch, *env.action_space.shape))

    def values(self):
        return self.critic(self.obs, self.action)


print(Agent(CarRacing()).values().shape)
