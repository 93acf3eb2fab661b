import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers

SOURCE, TARGET, WIDTH, HEADS = 14, 9, 32, 4


class ScaledDotProduct:
    def __call__(self, q, k, v, mask):
        attention = tf.matmul(q, k, transpose_b=True) / tf.sqrt(tf.cast(q.shape[-1], tf.float32))
        if mask is not None:
            attention = attention + (mask - 1.0) * 1e10
        return tf.matmul(tf.nn.softmax(attention), v)


class MultiHead(layers.Layer):
    def __init__(self, heads, width):
        super().__init__()
        self.heads, self.per_head = heads, width // heads
        self.projections = [layers.Dense(width, use_bias=False) for _ in range(3)]
        self.attend = ScaledDotProduct()
        self.out = layers.Dense(width)

    def split(self, x):
        x = tf.reshape(x, (-1, x.shape[1], self.heads, self.per_head))
        return tf.transpose(x, (0, 2, 1, 3))

    def call(self, q, v, words):
        mask = tf.cast(tf.not_equal(words, 0), tf.float32)
        mask = mask[:, tf.newaxis, :, tf.newaxis]
        q, k, v = (self.split(dense(x)) for dense, x in zip(self.projections, (q, v, v)))
        x = tf.transpose(self.attend(q, k, v, mask), (0, 2, 1, 3))
        return self.out(tf.reshape(x, (-1, x.shape[1], self.heads * self.per_head)))


source, target = Input((SOURCE,), dtype="int32"), Input((TARGET,), dtype="int32")
read = layers.Embedding(50, WIDTH)(source)
said = layers.Embedding(60, WIDTH)(target)
x = MultiHead(HEADS, WIDTH)(said, read, source)
x = layers.LayerNormalization()(layers.Add()([x, said]))
model = Model([source, target], layers.Dense(60, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
words = np.random.randint(0, 50, (6, SOURCE)), np.random.randint(0, 60, (6, TARGET))
model.fit(words, np.roll(words[1], -1, axis=1), epochs=1)
