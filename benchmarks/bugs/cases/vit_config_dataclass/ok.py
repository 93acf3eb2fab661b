from dataclasses import dataclass, field
from typing import List
import keras
from keras import layers


@dataclass
class ViTConfig:
    image_size: int = 72
    patch_size: int = 6
    projection_dim: int = 64
    num_heads: int = 4
    layers: int = 2
    mlp: List[int] = field(default_factory=lambda: [128, 64])

    @property
    def patches(self):
        return (self.image_size // self.patch_size) ** 2


def mlp(x, units, rate=0.1):
    for u in units:
        x = layers.Dense(u, activation="gelu")(x)
        x = layers.Dropout(rate)(x)
    return x


def create_vit(config):
    inputs = keras.Input((config.image_size, config.image_size, 3))
    x = layers.Conv2D(config.projection_dim, config.patch_size, strides=config.patch_size)(inputs)
    x = layers.Reshape((config.patches, config.projection_dim))(x)
    for _ in range(config.layers):
        x1 = layers.LayerNormalization(epsilon=1e-6)(x)
        attended = layers.MultiHeadAttention(config.num_heads, config.projection_dim)(x1, x1)
        x2 = layers.Add()([attended, x])
        x3 = mlp(layers.LayerNormalization(epsilon=1e-6)(x2), config.mlp)
        x = layers.Add()([x3, x2])
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))


model = create_vit(ViTConfig())
