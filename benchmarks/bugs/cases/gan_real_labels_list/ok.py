import numpy as np
from tensorflow.keras import layers, Model, Sequential, Input

LATENT, CONDITION, BATCH = 32, 8, 16


def build_generator():
    z = Input((LATENT,))
    c = Input((CONDITION,))
    h = layers.Concatenate()([z, c])
    h = layers.Dense(64, activation="relu")(h)
    return Model([z, c], layers.Dense(20, activation="tanh")(h))


def build_discriminator():
    net = Sequential([Input((20,)), layers.Dense(32), layers.LeakyReLU(), layers.Dense(1, activation="sigmoid")])
    net.compile("adam", "binary_crossentropy")
    return net


generator = build_generator()
discriminator = build_discriminator()
discriminator.trainable = False
z = Input((LATENT,))
c = Input((CONDITION,))
adversarial = Model([z, c], discriminator(generator([z, c])))
adversarial.compile("adam", "binary_crossentropy")

for step in range(3):
    noise = np.random.normal(size=(BATCH, LATENT))
    condition = np.random.normal(size=(BATCH, CONDITION))
    loss = adversarial.train_on_batch([noise, condition], np.ones((BATCH, 1)))
    print(step, loss)
