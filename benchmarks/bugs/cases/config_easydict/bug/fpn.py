from keras import Input, Model, layers

from config import cfg


def fpn():
    x = inp = Input((cfg.NET.SIZE, cfg.NET.SIZE, 3))
    feats = []
    for s, c in zip(cfg.NET.STRIDES, cfg.NET.CHANNELS):
        x = layers.Conv2D(c, 3, strides=s, padding="same", activation="relu")(x)
        feats.append(layers.Conv2D(16, 1)(x))
    p = feats[-1]
    for f in reversed(feats[:-1]):
        p = layers.Add()([layers.UpSampling2D()(p), f])
    return Model(inp, p)
