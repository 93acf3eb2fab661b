import numpy as np
from keras.layers import Dense, Flatten, Input, LeakyReLU, Reshape
from keras.models import Model, Sequential


class GAN:
    def __init__(self, shape=(28, 28, 1), latent_dim=100):
        self.shape, self.latent_dim = shape, latent_dim
        self.discriminator = Sequential([Input(shape), Flatten(), Dense(64), LeakyReLU(0.2), Dense(1, activation="sigmoid")])
        self.discriminator.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
        self.generator = Sequential([Input((latent_dim,)), Dense(128), LeakyReLU(0.2), Dense(int(np.prod(shape)), activation="tanh"), Reshape(shape)])
        z = Input((latent_dim,))
        self.discriminator.trainable = False
        self.combined = Model(z, self.discriminator(self.generator(z)))
        self.combined.compile(loss="binary_crossentropy", optimizer="adam")

    def train(self, images, steps, batch_size=32):
        half = batch_size // 2
        for _ in range(steps):
            real = images[np.random.randint(0, images.shape[0], half)]
            noise = np.random.normal(0, 1, (batch_size, self.latent_dim))
            fake = self.generator.predict(noise, verbose=0)
            self.discriminator.train_on_batch(real, np.ones((half, 1)))
            self.discriminator.train_on_batch(fake, np.zeros((half, 1)))
            noise = np.random.normal(0, 1, (batch_size, self.latent_dim))
            self.combined.train_on_batch(noise, np.ones((batch_size, 1)))


GAN().train(np.random.rand(100, 28, 28, 1), steps=2)
