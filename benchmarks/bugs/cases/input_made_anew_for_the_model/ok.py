import numpy as np
from keras import Input, Model, Sequential, layers

generator = Sequential([
    Input(shape=(6,)),
    layers.Dense(12, activation="relu"),
    layers.Dense(3, activation="sigmoid"),
], name="generator")

discriminator = Sequential([
    Input(shape=(3,)),
    layers.Dense(1, activation="sigmoid"),
], name="discriminator")
discriminator.compile(loss="binary_crossentropy", optimizer="adam")
discriminator.trainable = False

noise = Input(shape=(6,))
combined = Model(noise, discriminator(generator(noise)), name="nested_model")
combined.compile(loss="binary_crossentropy", optimizer="adam")

for step in range(2):
    real = np.random.rand(8, 3)
    fake = generator.predict(np.random.normal(0, 1, (8, 6)), verbose=0)
    discriminator.train_on_batch(np.concatenate([real, fake]), np.repeat([1.0, 0.0], 8)[:, None])
    combined.train_on_batch(np.random.normal(0, 1, (8, 6)), np.ones((8, 1)))
