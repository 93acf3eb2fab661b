import numpy as np
import tensorflow as tf
import keras
from keras import layers


def mlp(inputs, outputs, name):
    return keras.Sequential(
        [keras.Input((inputs,)), layers.Dense(32, activation="relu"), layers.Dense(outputs)], name=name)


class ActorCritic:
    def __init__(self, state_dim, action_dim, lr=3e-4):
        self.actor = mlp(state_dim, action_dim, "actor")
        self.critic = mlp(state_dim, 1, "critic")
        self.optimizer = keras.optimizers.Adam(lr)
        self.optimizer.build(self.actor.trainable_variables + self.critic.trainable_variables)

    def update_actor(self, states, advantages):
        with tf.GradientTape() as tape:
            logits = self.actor(states)
            loss = -tf.reduce_mean(tf.nn.log_softmax(logits)[:, :1] * advantages)
        grads = tape.gradient(loss, self.actor.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.actor.trainable_variables))

    def update_critic(self, states, returns):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(returns - self.critic(states)))
        grads = tape.gradient(loss, self.critic.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.critic.trainable_variables))


agent = ActorCritic(4, 2)
states = np.random.rand(10, 4).astype("float32")
returns = np.random.rand(10, 1).astype("float32")
for _ in range(2):
    agent.update_actor(states, returns)
    agent.update_critic(states, returns)
