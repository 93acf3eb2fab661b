import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers as L


class PatchEmbed(L.Layer):
    def __init__(self, patch_size=4, embed_dim=32):
        super().__init__()
        self.proj = L.Conv2D(embed_dim, patch_size, strides=patch_size)
        self.norm = L.LayerNormalization(epsilon=1e-5)

    def call(self, x):
        x = self.proj(x)
        _, height, width, channels = x.shape
        return self.norm(tf.reshape(x, (-1, height * width, channels)))


class PatchMerging(L.Layer):
    def __init__(self, input_resolution, dim):
        super().__init__()
        self.input_resolution = input_resolution
        self.dim = dim
        self.norm = L.LayerNormalization(epsilon=1e-5)
        self.reduction = L.Dense(2 * dim, use_bias=False)

    def call(self, x):
        height, width = self.input_resolution
        x = tf.reshape(x, (-1, height, width, self.dim))
        x0 = x[:, 0::2, 0::2, :]
        x1 = x[:, 1::2, 0::2, :]
        x2 = x[:, 0::2, 1::2, :]
        x3 = x[:, 1::2, 1::2, :]
        x = tf.concat([x0, x1, x2, x3], axis=-1)
        x = tf.reshape(x, (-1, (height // 2) * (width // 2), 4 * self.dim))
        return self.reduction(self.norm(x))


def swin(img_size, patch_size=4, embed_dim=32, depths=(1, 1, 1, 1), num_classes=10):
    inputs = keras.Input((img_size, img_size, 3))
    x = PatchEmbed(patch_size, embed_dim)(inputs)
    resolution, dim = img_size // patch_size, embed_dim
    for stage, depth in enumerate(depths):
        for _ in range(depth):
            y = L.LayerNormalization(epsilon=1e-5)(x)
            x = x + L.MultiHeadAttention(4, dim // 4)(y, y)
        if stage < len(depths) - 1:
            x = PatchMerging((resolution, resolution), dim)(x)
            resolution, dim = resolution // 2, dim * 2
    x = L.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, L.Dense(num_classes)(x), name="swin")


IMG_SIZE = 112
model = swin(IMG_SIZE)
print(model(np.random.rand(1, IMG_SIZE, IMG_SIZE, 3).astype("float32")).shape)
