from collections import deque

import numpy as np
import tensorflow as tf
from tensorflow import keras


class Furnace:
    """Temperature, fuel, revolutions, voltage and speed of the last moments."""

    observation_space = (49, 5)
    action_space = 3

    def reset(self):
        self.steps = 0
        return np.random.rand(*self.observation_space)

    def step(self, action):
        self.steps += 1
        return np.random.rand(*self.observation_space), float(action == 1), self.steps > 20, {}


env = Furnace()
input_shape = env.observation_space
n_outputs = env.action_space

model = keras.models.Sequential([
    keras.layers.Dense(32, activation="elu", input_shape=input_shape),
    keras.layers.Dense(32, activation="elu"),
    keras.layers.Dense(n_outputs),
])
replay_memory = deque(maxlen=2000)


def epsilon_greedy_policy(state, epsilon=0):
    if np.random.rand() < epsilon:
        return np.random.randint(n_outputs)
    return np.argmax(model.predict(state[np.newaxis], verbose=0)[0]) % n_outputs


def sample_experiences(batch_size):
    indices = np.random.randint(len(replay_memory), size=batch_size)
    batch = [replay_memory[index] for index in indices]
    return [np.array([experience[i] for experience in batch]) for i in range(5)]


def play_one_step(env, state, epsilon):
    action = epsilon_greedy_policy(state, epsilon)
    next_state, reward, done, info = env.step(action)
    replay_memory.append((state, action, reward, next_state, done))
    return next_state, reward, done, info


optimizer = keras.optimizers.Adam(learning_rate=1e-2)


def training_step(batch_size, discount_rate=0.95):
    states, actions, rewards, next_states, dones = sample_experiences(batch_size)
    next_Q_values = model.predict(next_states, verbose=0)
    max_next_Q_values = np.max(next_Q_values, axis=1)
    target_Q_values = rewards + (1 - dones) * discount_rate * max_next_Q_values
    target_Q_values = target_Q_values.reshape(-1, 1)
    mask = tf.one_hot(actions, n_outputs)
    with tf.GradientTape() as tape:
        all_Q_values = model(states)
        Q_values = tf.reduce_sum(all_Q_values * mask, axis=1, keepdims=True)
        loss = keras.losses.MeanSquaredError()(target_Q_values, Q_values)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))


for episode in range(4):
    obs = env.reset()
    for step in range(30):
        epsilon = max(1 - episode / 3, 0.9)
        obs, reward, done, info = play_one_step(env, obs, epsilon)
        if done:
            break
    if episode > 1:
        training_step(32)
