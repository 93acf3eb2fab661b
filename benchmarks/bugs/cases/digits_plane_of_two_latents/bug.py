import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

latent_dim = 4


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        epsilon = tf.random.normal(shape=(tf.shape(z_mean)[0], tf.shape(z_mean)[1]))
        return z_mean + tf.exp(0.5 * z_log_var) * epsilon


def make_encoder():
    image = keras.Input(shape=(28, 28, 1))
    x = layers.Conv2D(8, 3, activation="relu", strides=2, padding="same")(image)
    x = layers.Dense(16, activation="relu")(layers.Flatten()(x))
    z_mean, z_log_var = layers.Dense(latent_dim)(x), layers.Dense(latent_dim)(x)
    return keras.Model(image, [z_mean, z_log_var, Sampling()([z_mean, z_log_var])], name="encoder")


def make_decoder():
    latent = keras.Input(shape=(latent_dim,))
    x = layers.Reshape((14, 14, 4))(layers.Dense(14 * 14 * 4, activation="relu")(latent))
    x = layers.Conv2DTranspose(1, 3, activation="sigmoid", strides=2, padding="same")(x)
    return keras.Model(latent, x, name="decoder")


class VAE(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder, self.decoder = encoder, decoder
        self.total = keras.metrics.Mean(name="total_loss")

    def train_step(self, data):
        with tf.GradientTape() as tape:
            z_mean, z_log_var, z = self.encoder(data)
            pixels = keras.losses.binary_crossentropy(data, self.decoder(z))
            kl = -0.5 * (1 + z_log_var - tf.square(z_mean) - tf.exp(z_log_var))
            total = tf.reduce_mean(tf.reduce_sum(pixels, axis=(1, 2))) + tf.reduce_mean(tf.reduce_sum(kl, axis=1))
        self.optimizer.apply_gradients(zip(tape.gradient(total, self.trainable_weights), self.trainable_weights))
        self.total.update_state(total)
        return {"loss": self.total.result()}


def plot_latent_space(vae, n=3, digit_size=28, scale=1.0):
    figure = np.zeros((digit_size * n, digit_size * n))
    for i, yi in enumerate(np.linspace(-scale, scale, n)[::-1]):
        for j, xi in enumerate(np.linspace(-scale, scale, n)):
            z_sample = np.array([[xi, yi]])
            x_decoded = vae.decoder.predict(z_sample, verbose=0)
            digit = x_decoded[0].reshape(digit_size, digit_size)
            figure[i * digit_size:(i + 1) * digit_size, j * digit_size:(j + 1) * digit_size] = digit
    return figure


(x_train, _), _ = keras.datasets.mnist.load_data()
digits = np.expand_dims(x_train[:256], -1).astype("float32") / 255
vae = VAE(make_encoder(), make_decoder())
vae.compile(optimizer=keras.optimizers.Adam())
vae.fit(digits, epochs=1, batch_size=128, verbose=0)
print(plot_latent_space(vae).mean())
