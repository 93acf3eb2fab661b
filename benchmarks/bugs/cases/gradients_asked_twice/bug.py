import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models, optimizers


class GAN:
    def __init__(self, noise=16, width=20):
        self.noise = noise
        self.generator = models.Sequential([
            layers.Input((noise,)), layers.Dense(32, activation="relu"), layers.Dense(width)])
        self.discriminator = models.Sequential([
            layers.Input((width,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
        self.g_optimizer = optimizers.Adam(1e-4)
        self.d_optimizer = optimizers.Adam(1e-4)
        self.bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)

    def step(self, real):
        z = tf.random.normal((len(real), self.noise))
        with tf.GradientTape() as tape:
            fake = self.generator(z, training=True)
            real_logits = self.discriminator(real, training=True)
            fake_logits = self.discriminator(fake, training=True)
            g_loss = self.bce(tf.ones_like(fake_logits), fake_logits)
            d_loss = self.bce(tf.ones_like(real_logits), real_logits)
            d_loss += self.bce(tf.zeros_like(fake_logits), fake_logits)
        d_grads = tape.gradient(d_loss, self.discriminator.trainable_variables)
        g_grads = tape.gradient(g_loss, self.generator.trainable_variables)
        self.d_optimizer.apply_gradients(zip(d_grads, self.discriminator.trainable_variables))
        self.g_optimizer.apply_gradients(zip(g_grads, self.generator.trainable_variables))
        return d_loss, g_loss


gan = GAN()
real = np.random.rand(64, 20).astype("float32")
for start in range(0, 64, 16):
    losses = gan.step(real[start : start + 16])
print(losses)
