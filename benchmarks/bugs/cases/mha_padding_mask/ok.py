import keras
import numpy as np
from keras import layers, ops


def causal_mask(x):
    n = ops.shape(x)[1]
    i = ops.arange(n)[:, None]
    j = ops.arange(n)[None, :]
    return ops.expand_dims(ops.cast(i >= j, "bool"), 0)


class EncoderBlock(layers.Layer):
    def __init__(self, width, heads):
        super().__init__()
        self.attention = layers.MultiHeadAttention(heads, width // heads)
        self.norm = layers.LayerNormalization()

    def call(self, x):
        return self.norm(x + self.attention(x, x))


class DecoderBlock(layers.Layer):
    def __init__(self, width, heads):
        super().__init__()
        self.self_attention = layers.MultiHeadAttention(heads, width // heads)
        self.cross_attention = layers.MultiHeadAttention(heads, width // heads)
        self.norm1 = layers.LayerNormalization()
        self.norm2 = layers.LayerNormalization()

    def call(self, y, memory):
        mask = causal_mask(y)
        y = self.norm1(y + self.self_attention(y, y, attention_mask=mask))
        z = self.cross_attention(y, memory)
        return self.norm2(y + z)


class Translator(keras.Model):
    def __init__(self, vocab=200, width=32, heads=4):
        super().__init__()
        self.source = layers.Embedding(vocab, width)
        self.target = layers.Embedding(vocab, width)
        self.encoder = EncoderBlock(width, heads)
        self.decoder = DecoderBlock(width, heads)
        self.head = layers.Dense(vocab)

    def call(self, inputs):
        source, target = inputs
        memory = self.encoder(self.source(source))
        return self.head(self.decoder(self.target(target), memory))


if __name__ == "__main__":
    model = Translator()
    src = np.ones((2, 17), dtype="int32")
    tgt = np.ones((2, 11), dtype="int32")
    print(model((src, tgt)).shape)
