from tensorflow.keras import Input, Model, layers
from registry import register


@register("siamese")
def siamese(dim=32):
    a = Input((dim,))
    b = Input((dim,))
    enc = layers.Dense(16)
    return Model([a, b], layers.Dot(axes=1)([enc(a), enc(b)]))
