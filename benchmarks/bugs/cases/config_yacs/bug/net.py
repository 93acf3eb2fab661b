from tensorflow.keras import Input, Model, layers


def build(cfg):
    x = Input((cfg.DATA.SIZE, cfg.DATA.SIZE, 3))
    a = layers.Conv2D(cfg.MODEL.STEM, 3)(x)
    b = layers.Conv2D(cfg.MODEL.BRANCH, 3)(x)
    return Model(x, layers.maximum([a, b]))
