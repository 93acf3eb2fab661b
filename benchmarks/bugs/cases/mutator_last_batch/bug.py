import numpy as np
import tensorflow as tf
from tensorflow import keras

BATCH, WIDTH = 20, 44


def mutator():
    return keras.Sequential([keras.layers.Input((WIDTH,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(WIDTH * 23)])


def discriminator():
    return keras.Sequential([keras.layers.Input((WIDTH, 23)), keras.layers.LSTM(16), keras.layers.Dense(1)])


class Trainer:
    def __init__(self):
        self.aa_mutator, self.judge = mutator(), discriminator()
        self.optimizer = keras.optimizers.Adam(1e-3)
        self.bce = keras.losses.BinaryCrossentropy(from_logits=True)

    def mutated(self, seeds):
        flat = self.aa_mutator(seeds, training=True)
        return tf.nn.softmax(tf.reshape(flat, (BATCH, WIDTH, 23)))

    def step(self, seeds):
        with tf.GradientTape() as tape:
            scores = self.judge(self.mutated(seeds))
            g_loss = self.bce(tf.ones_like(scores), scores)
        grads_g = tape.gradient(g_loss, self.aa_mutator.trainable_variables)
        self.optimizer.apply_gradients(zip(grads_g, self.aa_mutator.trainable_variables))
        return g_loss


seeds = np.random.rand(210, WIDTH).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices(seeds).batch(BATCH)
trainer = Trainer()
for epoch in range(2):
    for batch in dataset:
        loss = trainer.step(batch)
    print(epoch, float(loss))
