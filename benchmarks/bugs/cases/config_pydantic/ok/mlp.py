from keras import Input, Model, layers


def build(cfg):
    x = inp = Input((cfg.in_dim,))
    for h in cfg.hidden:
        x = layers.Dense(h, activation="relu")(x)
    if cfg.dropout is not None:
        x = layers.Dropout(cfg.dropout)(x)
    z = layers.Dense(cfg.bottleneck)(x)
    x = x + z
    return Model(inp, layers.Dense(1)(x))
