from tensorflow.keras import Input, Model, layers


def tcn(cfg):
    x = inp = Input((cfg.length, cfg.features))
    for d in cfg.dilations:
        y = layers.Conv1D(cfg.features, 3, dilation_rate=d, padding=cfg.padding)(x)
        y = layers.ReLU()(y)
        x = layers.Add()([x, y])
    return Model(inp, layers.Dense(1)(x))
