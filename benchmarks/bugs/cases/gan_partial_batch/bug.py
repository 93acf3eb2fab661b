import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

BATCH_SIZE = 32
NOISE = 16
data = np.random.rand(100, 40).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices(data).shuffle(100).batch(BATCH_SIZE)

generator = tf.keras.Sequential([layers.Input((NOISE,)), layers.Dense(40, activation="tanh")])
discriminator = tf.keras.Sequential([layers.Input((40,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
g_optimizer, d_optimizer = tf.keras.optimizers.Adam(1e-4), tf.keras.optimizers.Adam(1e-4)


def gradient_penalty(real, fake):
    alpha = tf.random.uniform([BATCH_SIZE, 1])
    mixed = real + alpha * (fake - real)
    with tf.GradientTape() as tape:
        tape.watch(mixed)
        score = discriminator(mixed, training=True)
    gradient = tape.gradient(score, mixed)
    return tf.reduce_mean((tf.norm(gradient, axis=1) - 1.0) ** 2)


def train_step(real):
    noise = tf.random.normal([BATCH_SIZE, NOISE])
    with tf.GradientTape() as tape:
        fake = generator(noise, training=True)
        loss = tf.reduce_mean(discriminator(fake)) - tf.reduce_mean(discriminator(real))
        loss += 10.0 * gradient_penalty(real, fake)
    grads = tape.gradient(loss, discriminator.trainable_variables)
    d_optimizer.apply_gradients(zip(grads, discriminator.trainable_variables))
    return loss


for batch in dataset:
    print(float(train_step(batch)))
