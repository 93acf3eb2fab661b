from keras import Input, Model, layers


def build_from(cfg):
    x = inp = Input((cfg.size, cfg.size, cfg.depth[0]))
    for d in cfg.depth:
        y = layers.Conv2D(d, 3, strides=getattr(cfg, "stride", 1), padding="same")(x)
        s = x if not hasattr(cfg, "pool") else layers.MaxPooling2D()(x)
        x = layers.add([s, y])
    return Model(inp, x)
