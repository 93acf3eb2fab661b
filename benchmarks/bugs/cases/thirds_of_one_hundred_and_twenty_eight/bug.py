import tensorflow as tf
from tensorflow.keras import layers


class WindowAttention(layers.Layer):
    def __init__(self, dim, heads, **kwargs):
        super().__init__(**kwargs)
        self.dim, self.heads = dim, heads
        self.scale = (dim // heads) ** -0.5
        self.qkv = layers.Dense(dim * 2, use_bias=False)
        self.proj = layers.Dense(dim)

    def split(self, x):
        shape = tf.shape(x)
        x = tf.reshape(x, (shape[0], shape[1], self.heads, self.dim // self.heads))
        return tf.transpose(x, (0, 2, 1, 3))

    def call(self, x):
        q, k, v = tf.split(self.qkv(x), 3, axis=-1)
        q, k, v = self.split(q), self.split(k), self.split(v)
        attention = tf.nn.softmax(tf.matmul(q * self.scale, k, transpose_b=True))
        out = tf.transpose(tf.matmul(attention, v), (0, 2, 1, 3))
        return self.proj(tf.reshape(out, tf.shape(x)))


def classifier(tokens, dim, heads):
    inputs = tf.keras.Input((tokens, dim))
    x = layers.LayerNormalization()(inputs)
    x = inputs + WindowAttention(dim, heads)(x)
    x = layers.GlobalAveragePooling1D()(x)
    return tf.keras.Model(inputs, layers.Dense(100)(x))


classifier(49, 64, 4).summary()
