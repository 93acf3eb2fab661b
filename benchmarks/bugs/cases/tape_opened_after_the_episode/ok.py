import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

gamma = 0.99
max_steps_per_episode = 12
eps = np.finfo(np.float32).eps.item()

num_inputs, num_actions, num_hidden = 4, 2, 32
inputs = layers.Input(shape=(num_inputs,))
common = layers.Dense(num_hidden, activation="relu")(inputs)
action = layers.Dense(num_actions, activation="softmax")(common)
critic = layers.Dense(1)(common)
model = keras.Model(inputs=inputs, outputs=[action, critic])

optimizer = keras.optimizers.Adam(learning_rate=0.01)
huber_loss = keras.losses.Huber()


def play(rng):
    log_probs, values, rewards = [], [], []
    state = rng.normal(size=4)
    for _ in range(max_steps_per_episode):
        action_probs, critic_value = model(tf.expand_dims(tf.cast(state, tf.float32), 0))
        values.append(critic_value[0, 0])
        chosen = rng.choice(num_actions, p=np.asarray(action_probs[0], "float64") / np.sum(action_probs[0], dtype="float64"))
        log_probs.append(tf.math.log(action_probs[0, chosen]))
        state = rng.normal(size=4)
        rewards.append(1.0)
    return log_probs, values, rewards


def discounted(rewards):
    total, returns = 0.0, []
    for r in rewards[::-1]:
        total = r + gamma * total
        returns.insert(0, total)
    returns = np.array(returns)
    return ((returns - returns.mean()) / (returns.std() + eps)).tolist()


rng = np.random.default_rng(0)
for episode in range(2):
    with tf.GradientTape() as tape:
        log_probs, values, rewards = play(rng)
        actor_losses, critic_losses = [], []
        for log_prob, value, ret in zip(log_probs, values, discounted(rewards)):
            actor_losses.append(-log_prob * (ret - value))
            critic_losses.append(huber_loss(tf.expand_dims(value, 0), tf.expand_dims(ret, 0)))
        loss_value = sum(actor_losses) + sum(critic_losses)
    grads = tape.gradient(loss_value, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
print("trained")
