import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input, Layer
from tensorflow.keras.models import Model

input_shape = 30
intermediate_dim = 12
latent_dim = 2


class Sampling(Layer):
    def call(self, inputs):
        mean, log_var = inputs
        return mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))


def make_encoder():
    encoder_inputs = Input(shape=(input_shape,), name="encoder_input")
    h = Dense(intermediate_dim, activation="relu")(encoder_inputs)
    z_mean = Dense(latent_dim, name="z_mean")(h)
    z_log_var = Dense(latent_dim, name="z_log_var")(h)
    return encoder_inputs, z_mean, z_log_var, Sampling()([z_mean, z_log_var])


def make_decoder():
    latent = Input(shape=(latent_dim,))
    h = Dense(intermediate_dim, activation="relu")(latent)
    return Model(latent, Dense(input_shape, activation="sigmoid")(h), name="decoder")


encoder_inputs, z_mean, z_log_var, z = make_encoder()
outputs = make_decoder()(z)
vae = Model(encoder_inputs, outputs, name="vae")


def reconstruction(y_true, y_pred):
    return input_shape * tf.reduce_mean(tf.keras.losses.binary_crossentropy(y_true, y_pred))


vae.compile(optimizer="adam", loss=reconstruction)
amounts = np.random.rand(64, input_shape)
vae.fit(amounts, amounts, epochs=1, verbose=0)
