import numpy as np
from tensorflow.keras.layers import Dense, Input, LeakyReLU
from tensorflow.keras.models import Sequential

def build_discriminator():
    model = Sequential()
    model.add(Input((64,)))
    model.add(Dense(32))
    model.add(LeakyReLU())
    model.add(Dense(2, activation="sigmoid"))
    return model

class GAN:
    def __init__(self):
        self.discriminator = build_discriminator()
        self.discriminator.compile(loss="binary_crossentropy", optimizer="adam")

    def train(self, epochs, batch_size=16):
        X = np.random.rand(200, 64)
        valid = np.ones((batch_size, 1))
        for epoch in range(epochs):
            idx = np.random.randint(0, X.shape[0], batch_size)
            real = X[idx]
            self.discriminator.train_on_batch(real, valid)

GAN().train(1)
