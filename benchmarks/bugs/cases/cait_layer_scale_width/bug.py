import tensorflow as tf
from tensorflow.keras import layers, models

IMAGE_SIZE = 64
PATCH_SIZE = 16
PROJECTION_DIM = 192


class LayerScale(layers.Layer):
    def __init__(self, init_values=1e-4, projection_dim=PROJECTION_DIM, **kwargs):
        super().__init__(**kwargs)
        self.gamma = tf.Variable(init_values * tf.ones((projection_dim,)))

    def call(self, x):
        return x * self.gamma


def mlp(x, dims):
    for units in dims:
        x = layers.Dense(units, activation=tf.nn.gelu)(x)
    return x


def block(x, heads, dim):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.MultiHeadAttention(num_heads=heads, key_dim=dim // heads)(y, y)
    x = layers.Add()([LayerScale(1e-4)(y), x])
    y = mlp(layers.LayerNormalization(epsilon=1e-6)(x), [2 * dim, dim])
    return layers.Add()([LayerScale(1e-4)(y), x])


def cait(dim=128, depth=2, classes=10):
    images = layers.Input((IMAGE_SIZE, IMAGE_SIZE, 3))
    x = layers.Conv2D(dim, PATCH_SIZE, strides=PATCH_SIZE)(images)
    x = layers.Reshape(((IMAGE_SIZE // PATCH_SIZE) ** 2, dim))(x)
    for _ in range(depth):
        x = block(x, heads=8, dim=dim)
    return models.Model(images, layers.Dense(classes)(layers.GlobalAveragePooling1D()(x)))


cait().summary()
