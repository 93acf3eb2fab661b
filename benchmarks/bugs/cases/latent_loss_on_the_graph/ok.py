import numpy as np
import tensorflow as tf


class Sampling(tf.keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        return tf.random.normal(tf.shape(log_var)) * tf.exp(log_var / 2) + mean


tf.random.set_seed(42)
codings_size = 10

inputs = tf.keras.layers.Input(shape=[28, 28])
Z = tf.keras.layers.Flatten()(inputs)
for units in (150, 100):
    Z = tf.keras.layers.Dense(units, activation="relu")(Z)
codings_mean = tf.keras.layers.Dense(codings_size)(Z)
codings_log_var = tf.keras.layers.Dense(codings_size)(Z)
codings = Sampling()([codings_mean, codings_log_var])
variational_encoder = tf.keras.Model(inputs=[inputs], outputs=[codings_mean, codings_log_var, codings])

decoder_inputs = tf.keras.layers.Input(shape=[codings_size])
x = decoder_inputs
for units in (100, 150):
    x = tf.keras.layers.Dense(units, activation="relu")(x)
x = tf.keras.layers.Dense(28 * 28)(x)
outputs = tf.keras.layers.Reshape([28, 28])(x)
variational_decoder = tf.keras.Model(inputs=[decoder_inputs], outputs=[outputs])

_, _, codings = variational_encoder(inputs)
reconstructions = variational_decoder(codings)
variational_ae = tf.keras.Model(inputs=[inputs], outputs=[reconstructions])

latent_loss = -0.5 * tf.keras.ops.sum(
    1 + codings_log_var - tf.keras.ops.exp(codings_log_var) - tf.keras.ops.square(codings_mean), axis=-1
)
variational_ae.compile(loss="mse", optimizer="nadam")
X_train = np.random.rand(64, 28, 28).astype("float32")
variational_ae.fit(X_train, X_train, epochs=1, batch_size=16, verbose=0)
print(latent_loss.shape)
