import keras
from keras import layers, ops

HOURS_A_WEEK = 168


class WindowAttention(layers.Layer):
    """Attends within windows of a week."""

    def __init__(self, d_model, heads, window=HOURS_A_WEEK, **kwargs):
        super().__init__(**kwargs)
        self.window = window
        self.d_model = d_model
        self.attend = layers.MultiHeadAttention(heads, d_model // heads)

    def call(self, x):
        steps = x.shape[1]
        n = steps // self.window
        x = x[:, : n * self.window]
        x = ops.reshape(x, (-1, self.window, self.d_model))
        x = self.attend(x, x)
        return ops.reshape(x, (-1, n * self.window, self.d_model))


class EncoderBlock(layers.Layer):
    def __init__(self, d_model, heads, **kwargs):
        super().__init__(**kwargs)
        self.attention = WindowAttention(d_model, heads)
        self.norm = layers.LayerNormalization()

    def call(self, x):
        return self.norm(x + self.attention(x))


def forecaster(hours, variables, d_model=48, heads=4, blocks=2):
    series = keras.Input((hours, variables))
    x = layers.Dense(d_model)(series)
    for _ in range(blocks):
        x = EncoderBlock(d_model, heads)(x)
    return keras.Model(series, layers.Dense(1)(x))


forecaster(hours=28 * 24, variables=37).summary()
