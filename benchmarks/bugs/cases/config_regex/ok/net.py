from keras import Input, Model, layers

from spec import SPEC, parse


def build():
    x = inp = Input((64, 64, 3))
    for kind, size, stride in parse(SPEC):
        if kind == "c":
            x = layers.Conv2D(size, 3, strides=stride, padding="same")(x)
        elif kind == "r":
            y = layers.Conv2D(size, 3, padding="same")(x)
            x = layers.add([x, y])
        else:
            x = layers.Dense(size)(layers.GlobalAveragePooling2D()(x))
    return Model(inp, x)
