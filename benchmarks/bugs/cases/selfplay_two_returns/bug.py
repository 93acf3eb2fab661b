import numpy as np
import tensorflow as tf
from tensorflow import keras


class PolicyAndValue(keras.Model):
    def __init__(self, actions):
        super().__init__()
        self.body = keras.layers.Dense(64, activation="relu")
        self.policy = keras.layers.Dense(actions)
        self.value = keras.layers.Dense(1)

    def call(self, boards):
        x = self.body(boards)
        return self.policy(x), tf.squeeze(self.value(x), axis=-1)


def rollout(steps=1024, players=2):
    boards = np.random.rand(steps, 42).astype("float32")
    actions = np.random.randint(0, 7, size=steps)
    rewards = np.random.choice([-1.0, 0.0, 1.0], size=(steps, players)).astype("float32")
    returns = np.flip(np.cumsum(np.flip(rewards, 0), axis=0), 0).copy()
    return boards, actions, returns


def update(model, optimizer, boards, actions, returns):
    with tf.GradientTape() as tape:
        logits, values = model(boards)
        advantage = tf.stop_gradient(returns - values)
        log_prob = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=logits)
        policy_loss = -tf.reduce_mean(log_prob * advantage)
        value_loss = tf.reduce_mean(tf.square(returns - values))
        loss = policy_loss + 0.5 * value_loss
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


network = PolicyAndValue(7)
boards, actions, returns = rollout()
print(update(network, keras.optimizers.Adam(3e-4), boards, actions, returns))
