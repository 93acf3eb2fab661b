import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class WGANGP:
    LAMBDA = 10

    def __init__(self, batch_size=64, noise=100):
        self.batch_size, self.noise = batch_size, noise
        self.critic = keras.Sequential([
            layers.Input((32, 32, 3)),
            layers.Conv2D(16, 4, strides=2, padding="same"),
            layers.LeakyReLU(),
            layers.Flatten(),
            layers.Dense(1),
        ])
        self.generator = keras.Sequential([
            layers.Input((noise,)),
            layers.Dense(8 * 8 * 16, activation="relu"),
            layers.Reshape((8, 8, 16)),
            layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(3, 4, strides=2, padding="same", activation="tanh"),
        ])
        self.d_opt = keras.optimizers.Adam(1e-4, beta_1=0.5)

    def gradient_penalty(self, images, fake_images):
        alpha = tf.random.uniform(shape=[self.batch_size, 1], minval=0.0, maxval=1.0)
        differences = fake_images - images
        interpolates = images + alpha * differences
        with tf.GradientTape() as tape:
            tape.watch(interpolates)
            scores = self.critic(interpolates, training=True)
        gradients = tape.gradient(scores, interpolates)
        slopes = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=[1, 2, 3]))
        return tf.reduce_mean((slopes - 1.0) ** 2)

    @tf.function
    def train_critic(self, images):
        noise = tf.random.normal([self.batch_size, self.noise])
        with tf.GradientTape() as tape:
            fake = self.generator(noise, training=True)
            loss = tf.reduce_mean(self.critic(fake)) - tf.reduce_mean(self.critic(images))
            loss += self.LAMBDA * self.gradient_penalty(images, fake)
        grads = tape.gradient(loss, self.critic.trainable_variables)
        self.d_opt.apply_gradients(zip(grads, self.critic.trainable_variables))
        return loss


faces = np.random.uniform(-1, 1, size=(256, 32, 32, 3)).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices(faces).shuffle(256).batch(64, drop_remainder=True)
gan = WGANGP()
for batch in dataset:
    print(float(gan.train_critic(batch)))
