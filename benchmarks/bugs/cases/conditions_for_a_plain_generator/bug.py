import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Concatenate, Dense, Input, LeakyReLU
from tensorflow.keras.models import Model


class EventGAN:
    """Draws the kinematics of events from noise."""

    def __init__(self, latent_dim=6, output_dim=5, widths=(16, 32)):
        self.latent_dim = latent_dim
        self.output_dim = output_dim
        self.widths = widths
        self.G = self.generator()
        self.D = self.discriminator()

    def generator(self):
        noise = Input(shape=(self.latent_dim,), name="noise")
        x = noise
        for width in self.widths:
            x = LeakyReLU()(Dense(width)(x))
        return Model(noise, Dense(self.output_dim)(x), name="Generator")

    def discriminator(self):
        event = Input(shape=(self.output_dim,), name="event")
        energy = Input(shape=(1,), name="energy")
        x = Concatenate()([event, energy])
        for width in reversed(self.widths):
            x = LeakyReLU()(Dense(width)(x))
        model = Model([event, energy], Dense(1, activation="sigmoid")(x), name="Discriminator")
        model.compile("adam", "binary_crossentropy")
        return model

    def train_discriminator(self, real, energy):
        noise = tf.random.normal((len(real), self.latent_dim))
        fake = self.G.predict([noise, energy], verbose=0)
        ones, zeros = np.ones((len(real), 1)), np.zeros((len(real), 1))
        return (self.D.train_on_batch([real, energy], ones)
                + self.D.train_on_batch([fake, energy], zeros))


gan = EventGAN()
events, energies = np.random.randn(16, 5), np.random.rand(16, 1)
print(gan.train_discriminator(events, energies))
