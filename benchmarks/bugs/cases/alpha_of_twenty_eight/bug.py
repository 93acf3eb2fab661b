import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


class RandomWeightedAverage(layers.Layer):
    """A body between a given one and a made one."""

    def call(self, inputs):
        alpha = tf.random.uniform((28, 1, 1, 1))
        return (alpha * inputs[0]) + ((1 - alpha) * inputs[1])


class WGAN_3D:
    def __init__(self, size=28, channels=1, latent_dim=100):
        self.shape = (size, size, size, channels)
        self.latent_dim = latent_dim
        self.generator = self.build_generator()
        self.critic = self.build_critic()

        given_data = layers.Input(shape=self.shape)
        noise_input = layers.Input(shape=(self.latent_dim,))
        fake_body = self.generator(noise_input)
        fake = self.critic(fake_body)
        valid = self.critic(given_data)
        interpolated_body = RandomWeightedAverage()([given_data, fake_body])
        validity_interpolated = self.critic(interpolated_body)
        self.critic_model = models.Model([given_data, noise_input], [valid, fake, validity_interpolated])

    def build_generator(self):
        model = models.Sequential()
        model.add(layers.Input((self.latent_dim,)))
        model.add(layers.Dense(4 * 7 * 7 * 7, activation="relu"))
        model.add(layers.Reshape((7, 7, 7, 4)))
        for filters in (4, 2):
            model.add(layers.UpSampling3D())
            model.add(layers.Conv3D(filters, 3, padding="same", activation="relu"))
        model.add(layers.Conv3D(self.shape[-1], 3, padding="same", activation="tanh"))
        return model

    def build_critic(self):
        model = models.Sequential()
        model.add(layers.Input(self.shape))
        for filters in (2, 4):
            model.add(layers.Conv3D(filters, 3, strides=2, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.2))
        model.add(layers.Flatten())
        model.add(layers.Dense(1))
        return model


gan = WGAN_3D()
ones, zeros = tf.ones((2, 28, 28, 28, 1)), tf.zeros((2, 28, 28, 28, 1))
average = RandomWeightedAverage()([ones, zeros])
print(gan.critic_model.predict([ones, np.random.rand(2, 100)], verbose=0)[2].shape)
weights = len(np.unique(average[0].numpy()))
