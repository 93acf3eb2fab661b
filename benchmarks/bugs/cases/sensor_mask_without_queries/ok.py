import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class EncoderLayer(layers.Layer):
    def __init__(self, d_model, heads, dff, rate=0.1):
        super().__init__()
        self.mha = layers.MultiHeadAttention(num_heads=heads, key_dim=d_model // heads)
        self.ffn = keras.Sequential([layers.Dense(dff, activation="relu"), layers.Dense(d_model)])
        self.norms = [layers.LayerNormalization(epsilon=1e-6) for _ in range(2)]
        self.drops = [layers.Dropout(rate) for _ in range(2)]

    def call(self, x, mask=None, training=False):
        attended = self.mha(x, x, attention_mask=mask)
        x = self.norms[0](x + self.drops[0](attended, training=training))
        return self.norms[1](x + self.drops[1](self.ffn(x), training=training))


class SensorEncoder(keras.Model):
    """Activities of a day, one number for each sensor that fired."""

    def __init__(self, sensors, activities, d_model=32, depth=2):
        super().__init__()
        self.embedding = layers.Embedding(sensors, d_model)
        self.encoders = [EncoderLayer(d_model, 4, 64) for _ in range(depth)]
        self.pool = layers.GlobalAveragePooling1D()
        self.final = layers.Dense(activities, activation="softmax")

    def create_padding_mask(self, seq):
        return tf.cast(tf.math.not_equal(seq, 0), tf.bool)[:, tf.newaxis, :]

    def call(self, seq, training=False):
        mask = self.create_padding_mask(seq)
        x = self.embedding(seq)
        for encoder in self.encoders:
            x = encoder(x, mask=mask, training=training)
        return self.final(self.pool(x))


events = np.random.randint(0, 60, (16, 25))
model = SensorEncoder(60, 5)
print(model(events).shape)
