import tensorflow as tf
from tensorflow import keras


class MaskedPooling(keras.layers.Layer):
    """The last channel says which steps are there."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.embed = keras.Sequential([
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(units),
        ])
        self.norm = keras.layers.LayerNormalization()

    def build(self, input_shape):
        input_shape = (*input_shape[:-1], input_shape[-1] - 1)
        self.embed.build(input_shape)
        self.norm.build(self.embed.compute_output_shape(input_shape))
        super().build(input_shape)

    def call(self, inputs):
        x = inputs[:, :, :-1]
        mask = inputs[:, :, -1:]
        h = self.norm(self.embed(x)) * mask
        return tf.reduce_sum(h, axis=1) / (tf.reduce_sum(mask, axis=1) + 1e-6)


particles = keras.Input((32, 6))
x = MaskedPooling(24)(particles)
model = keras.Model(particles, keras.layers.Dense(2)(x))
model.summary()
