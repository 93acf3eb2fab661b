import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Embedding, Input, Layer, LayerNormalization


def positions(length, width):
    angles = np.arange(length)[:, None] / np.power(10000, (2 * (np.arange(width)[None] // 2)) / width)
    angles[:, 0::2], angles[:, 1::2] = np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])
    return tf.constant(angles[None], tf.float32)


class SelfAttention(Layer):
    def __init__(self, heads, model_dim):
        super().__init__()
        self.heads, self.depth = heads, model_dim // heads
        self.q, self.k, self.v = Dense(model_dim), Dense(model_dim), Dense(model_dim)
        self.out = Dense(model_dim)
        self.model_dim = model_dim

    def split(self, x):
        x = tf.reshape(x, (tf.shape(x)[0], -1, self.heads, self.depth))
        return tf.transpose(x, (0, 2, 1, 3))

    def call(self, x):
        q, k, v = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x))
        scores = tf.nn.softmax(tf.matmul(q, k, transpose_b=True) / self.depth**0.5)
        z = tf.transpose(tf.matmul(scores, v), (0, 2, 1, 3))
        return self.out(tf.reshape(z, (tf.shape(x)[0], -1, self.model_dim)))


class Transformer(Layer):
    def __init__(self, num_layers, vocab_size, heads, model_dim, max_len=128):
        super().__init__()
        self.embedding = Embedding(vocab_size, model_dim)
        self.positions = positions(max_len, model_dim)
        self.attentions = [SelfAttention(heads, model_dim) for _ in range(num_layers)]
        self.norms = [LayerNormalization() for _ in range(num_layers)]

    def call(self, tokens):
        x = self.embedding(tokens)
        x = x + self.positions[:, : x.shape[1]]
        for attention, norm in zip(self.attentions, self.norms):
            x = norm(x + attention(x))
        return x


def transformer(time_steps, alphabet_size, embed_first):
    model = Sequential([Input((time_steps,))])
    if embed_first:
        model.add(Embedding(alphabet_size, 64))
    model.add(Transformer(num_layers=2, vocab_size=alphabet_size, heads=8, model_dim=64))
    model.add(Dense(alphabet_size, activation="softmax"))
    return model


model = transformer(48, 26, embed_first=False)
model.compile("adam", "sparse_categorical_crossentropy")
text = np.random.randint(0, 26, (8, 48))
model.fit(text, text, epochs=1, verbose=0)
