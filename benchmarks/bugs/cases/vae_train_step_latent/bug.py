import numpy as np
import tensorflow as tf
import keras
from keras import layers

latent = 2

class VAE(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def train_step(self, data):
        with tf.GradientTape() as tape:
            mean, log_var = self.encoder(data)
            eps = tf.random.normal(tf.shape(mean))
            z = mean + tf.exp(0.5 * log_var) * eps
            recon = self.decoder(z)
            rec = tf.reduce_mean(keras.losses.mean_squared_error(data, recon))
            kl = -0.5 * tf.reduce_mean(1 + log_var - tf.square(mean) - tf.exp(log_var))
            loss = rec + kl
        grads = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        return {"loss": loss}

i = keras.Input((16,))
h = layers.Dense(8)(i)
encoder = keras.Model(i, [layers.Dense(latent)(h), layers.Dense(latent)(h)])
z = keras.Input((3,))
decoder = keras.Model(z, layers.Dense(16)(z))
vae = VAE(encoder, decoder)
vae.compile(optimizer="adam")
vae.fit(np.zeros((32, 16), "float32"), epochs=1, batch_size=8)
