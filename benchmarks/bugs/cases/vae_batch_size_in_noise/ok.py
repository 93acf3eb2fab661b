import keras
import numpy as np
from keras import layers, ops, random

batch_size = 100
max_len, vocab, emb, latent_dim = 15, 500, 20, 32


class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed = random.SeedGenerator(1)

    def call(self, args):
        z_mean, z_log_var = args
        epsilon = random.normal(ops.shape(z_mean), seed=self.seed)
        return z_mean + ops.exp(z_log_var / 2) * epsilon


x = layers.Input((max_len,), dtype="int32")
h = layers.Bidirectional(layers.LSTM(24))(layers.Embedding(vocab, emb)(x))
z_mean = layers.Dense(latent_dim)(h)
z_log_var = layers.Dense(latent_dim)(h)
z = Sampling()([z_mean, z_log_var])
decoded = layers.LSTM(24, return_sequences=True)(layers.RepeatVector(max_len)(z))
words = layers.TimeDistributed(layers.Dense(vocab, activation="softmax"))(decoded)
vae = keras.Model(x, words)
vae.compile(optimizer="adam", loss="sparse_categorical_crossentropy")

sentences = np.random.randint(0, vocab, size=(250, max_len))
vae.fit(sentences, sentences[..., None], batch_size=batch_size, epochs=1, verbose=0)
print("done")
