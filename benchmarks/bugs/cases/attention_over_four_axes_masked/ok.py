import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class AxialBlock(layers.Layer):
    """Attention over the patches of an image, and a network behind it."""

    def __init__(self, heads, width, axes=(1, 2), rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.norm1 = layers.LayerNormalization(epsilon=1e-6)
        self.norm2 = layers.LayerNormalization(epsilon=1e-6)
        self.mha = layers.MultiHeadAttention(heads, width // heads, attention_axes=axes, dropout=rate)
        self.mlp = keras.Sequential([layers.Dense(width * 2, activation="gelu"), layers.Dense(width)])

    def call(self, x, mask=None, training=False):
        y = self.norm1(x)
        x = x + self.mha(y, y, attention_mask=mask, training=training)
        return x + self.mlp(self.norm2(x))


def seen(rows, columns, reach=4):
    """Which patches may look at which: those in rows that are near."""
    near = tf.abs(tf.range(rows)[:, None] - tf.range(rows)[None, :]) < reach
    return tf.tile(near[None, :, None, :, None], (1, 1, columns, 1, columns))


def build(size=(96, 128, 3), patch=8, width=64, depth=2):
    image = keras.Input(size)
    x = layers.Conv2D(width, patch, strides=patch)(image)
    rows, columns = x.shape[1:3]
    mask = seen(rows, columns)
    for number in range(depth):
        x = AxialBlock(4, width, name=f"axial_{number}")(x, mask)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(5, activation="softmax")(x))


model = build()
model.compile("adam", "sparse_categorical_crossentropy")
