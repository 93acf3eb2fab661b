import numpy as np
import tensorflow as tf

NOISE = 16
BATCH = 128


class Images:
    """Goes over images once, in an order of its own."""

    def __init__(self, images, batch_size, shuffle=False):
        self.images = images.reshape(len(images), -1)
        self.batch_size, self.shuffle = batch_size, shuffle

    def __iter__(self):
        n, b = len(self.images), self.batch_size
        order = np.arange(n)
        if self.shuffle:
            np.random.shuffle(order)
        return iter(self.images[order[i:i + b]] for i in range(0, n, b))


def discriminator():
    return tf.keras.Sequential([tf.keras.layers.Input((784,)), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])


def generator():
    return tf.keras.Sequential([tf.keras.layers.Input((NOISE,)), tf.keras.layers.Dense(784, activation="tanh")])


def discriminator_loss(real, fake):
    bce = tf.nn.sigmoid_cross_entropy_with_logits
    on_real = bce(labels=tf.ones_like(real), logits=real)
    on_fake = bce(labels=tf.zeros_like(fake), logits=fake)
    return tf.reduce_mean(on_real + on_fake)


def run_a_gan(D, G, optimizer, data, epochs=1):
    for _ in range(epochs):
        for x in data:
            with tf.GradientTape() as tape:
                g_fake = tf.random.uniform((BATCH, NOISE), -1, 1)
                loss = discriminator_loss(D(tf.constant(x)), D(G(g_fake)))
            optimizer.apply_gradients(zip(tape.gradient(loss, D.trainable_variables), D.trainable_variables))


faces = np.random.rand(480, 28, 28).astype("float32")
run_a_gan(discriminator(), generator(), tf.keras.optimizers.Adam(1e-3, 0.5), Images(faces, BATCH, shuffle=True))
