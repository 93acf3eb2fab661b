import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class TadGAN(keras.Model):
    """Signals to codes and back; a critic for signals and one for codes."""

    def __init__(self, length, latent, **kwargs):
        super().__init__(**kwargs)
        self.latent = latent
        self.encoder = keras.Sequential([
            layers.Input((length, 1)), layers.Bidirectional(layers.LSTM(8)), layers.Dense(latent)])
        self.generator = keras.Sequential([
            layers.Input((latent,)), layers.Dense(length), layers.Reshape((length, 1))])
        self.critic_x = keras.Sequential([
            layers.Input((length, 1)), layers.Conv1D(8, 5), layers.Flatten(), layers.Dense(1)])
        self.critic_z = keras.Sequential([
            layers.Input((latent,)), layers.Dense(16, activation="relu"), layers.Dense(1)])

    def compile(self, optimizer, penalty=10.0):
        super().compile()
        self.critic_optimizer = optimizer
        self.penalty = penalty

    def gradient_penalty(self, critic, real, fake, axes):
        alpha = tf.random.uniform((tf.shape(real)[0], 1, 1))
        mixed = alpha * real + (1 - alpha) * fake
        with tf.GradientTape() as tape:
            tape.watch(mixed)
            score = critic(mixed)
        grads = tape.gradient(score, mixed)
        norm = tf.sqrt(tf.reduce_sum(tf.square(grads), axis=axes) + 1e-12)
        return tf.reduce_mean((norm - 1.0) ** 2)

    def train_step(self, x):
        z = tf.random.normal((tf.shape(x)[0], self.latent))
        with tf.GradientTape() as tape:
            fake_x, fake_z = self.generator(z), self.encoder(x)
            loss = tf.reduce_mean(self.critic_x(fake_x)) - tf.reduce_mean(self.critic_x(x))
            loss += tf.reduce_mean(self.critic_z(fake_z)) - tf.reduce_mean(self.critic_z(z))
            loss += self.penalty * self.gradient_penalty(self.critic_x, x, fake_x, [1, 2])
            loss += self.penalty * self.gradient_penalty(self.critic_z, z, fake_z, [1])
        weights = self.critic_x.trainable_weights + self.critic_z.trainable_weights
        self.critic_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return {"critic": loss}


signals = np.random.rand(64, 40, 1).astype("float32")
gan = TadGAN(40, 12)
gan.compile(keras.optimizers.Adam(5e-4))
gan.fit(signals, batch_size=16, epochs=1)
