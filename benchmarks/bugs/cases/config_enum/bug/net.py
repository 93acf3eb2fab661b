from tensorflow.keras import Input, Model, layers

from kinds import Fusion, Width


def fuse(a, b, how):
    if how is Fusion.ADD:
        return layers.Add()([a, b])
    return layers.Concatenate()([a, b])


def two_stream(left, right, how):
    rgb, flow = Input((32, 32, 3)), Input((32, 32, 2))
    a = layers.Conv2D(left, 3, padding="same")(rgb)
    b = layers.Conv2D(right, 3, padding="same")(flow)
    return Model([rgb, flow], fuse(a, b, how))
