import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class PositionalEmbedding(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.projection = layers.Dense(units)

    def build(self, input_shape):
        self.projection.build(input_shape)
        self.position = self.add_weight(
            name="position",
            shape=(1, input_shape[1], self.units),
            initializer="random_normal",
            trainable=True,
        )

    def call(self, inputs):
        return self.projection(inputs) + self.position


inputs = layers.Input((7, 25))
x = PositionalEmbedding(16)(inputs)
x = layers.MultiHeadAttention(num_heads=2, key_dim=8)(x, x)
outputs = layers.Dense(1)(x)
model = tf.keras.Model(inputs, outputs)
model.compile("adam", "mse")
model.fit(np.random.rand(8, 7, 25), np.random.rand(8, 7, 1), verbose=0)
