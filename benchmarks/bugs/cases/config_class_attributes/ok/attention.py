import keras
from keras import layers


def build(config, width=32):
    q = keras.Input((10, width))
    v = layers.Dense(config.EMBED)(q)
    a = layers.MultiHeadAttention(config.HEADS, config.HEAD_DIM)(v, v)
    out = layers.add([q, a])
    return keras.Model(q, out)
