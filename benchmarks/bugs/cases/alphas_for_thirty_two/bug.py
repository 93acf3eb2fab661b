import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models, optimizers


class RandomWeightedAverage(layers.Layer):
    """Provides a (random) weighted average between real and generated image samples."""

    def call(self, inputs):
        alpha = tf.random.uniform((32, 1, 1, 1))
        return (alpha * inputs[0]) + ((1 - alpha) * inputs[1])


class WGANGP:
    def __init__(self):
        self.img_shape = (28, 28, 1)
        self.latent_dim = 100
        self.generator = self.build_generator()
        self.critic = self.build_critic()
        self.generator.trainable = False
        real_img = layers.Input(shape=self.img_shape)
        z_disc = layers.Input(shape=(self.latent_dim,))
        fake_img = self.generator(z_disc)
        fake = self.critic(fake_img)
        valid = self.critic(real_img)
        interpolated_img = RandomWeightedAverage()([real_img, fake_img])
        validity_interpolated = self.critic(interpolated_img)
        self.critic_model = models.Model([real_img, z_disc], [valid, fake, validity_interpolated])
        self.critic_model.compile(loss=[self.wasserstein_loss] * 3, optimizer=optimizers.RMSprop(0.00005))

    def wasserstein_loss(self, y_true, y_pred):
        return tf.reduce_mean(y_true * y_pred)

    def build_generator(self):
        return models.Sequential([
            layers.Input((self.latent_dim,)),
            layers.Dense(8 * 7 * 7, activation="relu"),
            layers.Reshape((7, 7, 8)),
            layers.UpSampling2D(),
            layers.Conv2D(8, 4, padding="same", activation="relu"),
            layers.UpSampling2D(),
            layers.Conv2D(1, 4, padding="same", activation="tanh"),
        ])

    def build_critic(self):
        return models.Sequential([
            layers.Input(self.img_shape),
            layers.Conv2D(8, 3, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Flatten(),
            layers.Dense(1),
        ])

    def train(self, X_train, batch_size=32):
        for start in range(0, len(X_train), batch_size):
            imgs = X_train[start:start + batch_size]
            noise = np.random.normal(0, 1, (len(imgs), self.latent_dim))
            valid, fake, dummy = -np.ones((len(imgs), 1)), np.ones((len(imgs), 1)), np.zeros((len(imgs), 1))
            self.critic_model.train_on_batch([imgs, noise], [valid, fake, dummy])


wgan = WGANGP()
wgan.train(np.random.rand(100, 28, 28, 1).astype("float32"))
