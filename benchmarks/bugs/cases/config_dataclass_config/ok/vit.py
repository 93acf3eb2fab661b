import keras
from keras import layers, ops


def build_vit(cfg):
    inputs = keras.Input((cfg.image_size, cfg.image_size, 3))
    x = layers.Conv2D(cfg.projection_dim, cfg.patch_size, strides=cfg.patch_size)(inputs)
    x = layers.Reshape((-1, cfg.projection_dim))(x)
    pos = layers.Embedding(cfg.positions, cfg.projection_dim)(ops.expand_dims(ops.arange(cfg.positions), 0))
    x = x + pos
    for units in cfg.hidden_units:
        x = layers.Dense(units)(x)
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
