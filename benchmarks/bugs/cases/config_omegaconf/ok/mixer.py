import keras
from keras import layers


def build_mixer(cfg):
    inp = keras.Input((cfg.net.tokens, cfg.net.dim))
    y = layers.LayerNormalization()(inp)
    y = layers.Permute((2, 1))(y)
    y = layers.Dense(cfg.net.tokens)(y)
    y = layers.Permute((2, 1))(y)
    x = layers.Add()([inp, y])
    y = layers.Dense(cfg.net.mlp.units, activation="gelu")(x)
    y = layers.Dropout(cfg.net.dropout)(y)
    x = layers.Add()([x, y])
    return keras.Model(inp, x)
