import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

actor = tf.keras.Sequential([layers.Input((8,)), layers.Dense(32, activation="relu"), layers.Dense(4)])
opt = tf.keras.optimizers.Adam(1e-3)


class Memory:
    def __init__(self):
        self.states, self.actions, self.rewards = [], [], []

    def store(self, s, a, r):
        self.states.append(s)
        self.actions.append(a)
        self.rewards.append(r)


memory = Memory()
for _ in range(30):
    memory.store(np.random.rand(8).astype("float32"), [np.random.randint(4)], 1.0)
with tf.GradientTape() as tape:
    logits = actor(np.vstack(memory.states))
    nll = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=np.array(memory.actions)[:, 0], logits=logits)
    loss = tf.reduce_mean(nll * np.array(memory.rewards, dtype="float32"))
grads = tape.gradient(loss, actor.trainable_variables)
opt.apply_gradients(zip(grads, actor.trainable_variables))
