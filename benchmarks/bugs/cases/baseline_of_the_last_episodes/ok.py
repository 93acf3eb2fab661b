import numpy as np
import tensorflow as tf
from tensorflow import keras


def mlp(sizes, activation="tanh", output_activation=None):
    model = keras.Sequential([keras.Input((sizes[0],))])
    for width in sizes[1:-1]:
        model.add(keras.layers.Dense(width, activation=activation))
    model.add(keras.layers.Dense(sizes[-1], activation=output_activation))
    return model


class Pole:
    def reset(self):
        self.t = 0
        return np.random.randn(4)

    def step(self, action):
        self.t += 1
        return np.random.randn(4), 1.0, self.t >= 20


obs_dim, n_acts, batch_size = 4, 2, 50
actor = mlp([obs_dim, 32, n_acts])
critic = mlp([obs_dim, 32, 1])
optimizer = keras.optimizers.Adam(1e-2)
env = Pole()

batch_obs, batch_acts, batch_returns = [], [], []
while len(batch_obs) < 3 * batch_size:
    obs, done, rewards = env.reset(), False, []
    while not done:
        batch_obs.append(obs.copy())
        logits = actor(obs[None].astype("float32"))
        act = int(tf.random.categorical(logits, 1)[0, 0])
        batch_acts.append(act)
        obs, rew, done = env.step(act)
        rewards.append(rew)
    batch_returns += list(np.cumsum(rewards[::-1])[::-1])

states = np.array(batch_obs[-batch_size:], dtype="float32")
actions = np.array(batch_acts[-batch_size:])
returns = np.array(batch_returns[-batch_size:], dtype="float32")[:, None]

with tf.GradientTape() as tape:
    values = critic(states)
    advantage = returns - values
    log_probs = tf.reduce_sum(tf.one_hot(actions, n_acts) * tf.nn.log_softmax(actor(states)), axis=1)
    actor_loss = -tf.reduce_mean(log_probs * tf.stop_gradient(advantage[:, 0]))
    loss = actor_loss + tf.reduce_mean(tf.square(advantage))
weights = actor.trainable_weights + critic.trainable_weights
optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
print(float(loss))
