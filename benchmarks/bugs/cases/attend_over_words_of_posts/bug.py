import numpy as np
import tensorflow as tf
from keras import layers as tfl


class Encoder(tfl.Layer):
    """Posts of 12 sentences of 20 words; each word attends to the words of its sentence."""

    def __init__(self):
        super().__init__()
        self.embed_layer = tfl.Embedding(4500, 32)
        self.attn_layer = tfl.MultiHeadAttention(num_heads=2, attention_axes=2, key_dim=16)

    def call(self, x):
        words = self.embed_layer(x)
        padding = tf.not_equal(x, 0)
        mask = padding[:, tf.newaxis, :, :]
        return self.attn_layer(query=words, value=words, key=words, attention_mask=mask)


encoder = Encoder()
posts = np.random.randint(0, 4500, size=(8, 12, 20))
print(encoder(posts).shape)
