import keras
from keras import layers, ops

from config import ModelArgs


class Attention(layers.Layer):
    def __init__(self, args: ModelArgs, **kwargs):
        super().__init__(**kwargs)
        self.n_heads = args.n_heads
        self.head_dim = args.dim // args.n_heads
        self.wq = layers.Dense(args.dim, use_bias=False)
        self.wk = layers.Dense(args.dim, use_bias=False)
        self.wv = layers.Dense(args.dim, use_bias=False)
        self.wo = layers.Dense(args.dim, use_bias=False)

    def split(self, x):
        x = ops.reshape(x, (-1, x.shape[1], self.n_heads, self.head_dim))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, x):
        q, k, v = self.split(self.wq(x)), self.split(self.wk(x)), self.split(self.wv(x))
        scores = ops.matmul(q, ops.transpose(k, (0, 1, 3, 2))) / self.head_dim**0.5
        mixed = ops.transpose(ops.matmul(ops.softmax(scores), v), (0, 2, 1, 3))
        return self.wo(ops.reshape(mixed, (-1, x.shape[1], self.n_heads * self.head_dim)))


class EncoderLayer(layers.Layer):
    def __init__(self, args: ModelArgs, **kwargs):
        super().__init__(**kwargs)
        self.attention_norm = layers.LayerNormalization()
        self.attention = Attention(args)
        self.fnn_norm = layers.LayerNormalization()
        self.up = layers.Dense(4 * args.n_embd, activation="gelu")
        self.down = layers.Dense(args.n_embd)

    def call(self, x):
        x = x + self.attention(self.attention_norm(x))
        return x + self.down(self.up(self.fnn_norm(x)))


class Encoder(keras.Model):
    def __init__(self, args: ModelArgs):
        super().__init__()
        self.embed = layers.Embedding(args.vocab, args.n_embd)
        self.blocks = [EncoderLayer(args) for _ in range(args.n_layers)]
        self.norm = layers.LayerNormalization()

    def call(self, tokens):
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x)
        return self.norm(x)
