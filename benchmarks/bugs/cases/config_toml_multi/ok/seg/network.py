from tensorflow.keras import backend as K
from tensorflow.keras import layers, models


def network(levels, size, base, aux):
    inp = layers.Input((size, size, 1))
    feats = [inp]
    for i in range(levels):
        feats.append(layers.Conv2D(base << i, 3, strides=2, padding="same")(feats[-1]))
    x = feats.pop()
    while len(feats) > 1:
        skip = feats.pop()
        x = layers.Conv2DTranspose(K.int_shape(skip)[-1], 2, strides=2)(x)
        x = layers.concatenate([x, skip])
    outs = [layers.Conv2D(1, 1, name=a["name"])(x) for a in aux]
    return models.Model(inp, outs)
