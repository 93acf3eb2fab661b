import keras
import numpy as np
from keras import layers, ops


class TokenAndPositionEmbedding(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(vocab_size, embed_dim)
        self.pos_emb = layers.Embedding(maxlen, embed_dim)

    def call(self, x):
        positions = ops.arange(0, ops.shape(x)[-1], 1)
        return self.token_emb(x) + self.pos_emb(positions)


inputs = layers.Input(shape=(80,), dtype="int32")
x = TokenAndPositionEmbedding(80, 500, 16)(inputs)
outputs = layers.Dense(500)(x)
model = keras.Model(inputs, outputs)
model.save("br_model.keras")
br_model = keras.models.load_model("br_model.keras")
