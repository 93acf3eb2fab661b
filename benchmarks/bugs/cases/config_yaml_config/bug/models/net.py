import keras
from keras import layers


def block(x, width):
    y = layers.Conv2D(width, 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(width, 3, padding="same")(y)
    return layers.Add()([x, y])


def build(cfg):
    inputs = keras.Input(tuple(cfg["input_shape"]))
    x = layers.Conv2D(cfg["stem"], 3, padding="same")(inputs)
    for w in cfg["widths"]:
        x = block(x, w)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10)(x), name=cfg["name"])
