from functools import partial, reduce

from keras import layers
from keras.models import Model


def causal(filters, kernel, rate):
    return layers.Conv1D(filters, kernel, dilation_rate=rate, padding="causal")


def residual_block(x, rate, filters, kernel, dropout, match):
    prev = x
    for _ in range(2):
        x = causal(filters, kernel, rate)(x)
        x = layers.Activation("relu")(x)
        x = layers.SpatialDropout1D(dropout)(x)
    if match and prev.shape[-1] != filters:
        prev = layers.Conv1D(filters, 1, padding="same")(prev)
    return layers.add([prev, x]), x


def tcn(inputs, filters=24, kernel=3, stacks=1, dilations=(1, 2, 4, 8), dropout=0.05, match=True):
    block = partial(residual_block, filters=filters, kernel=kernel, dropout=dropout, match=match)

    def step(state, rate):
        x, skips = state
        x, skip = block(x, rate)
        return x, skips + [skip]

    x, skips = reduce(step, list(dilations) * stacks, (inputs, []))
    return layers.add(skips)


def compiled_tcn(features, steps, classes, **kwargs):
    i = layers.Input((steps, features))
    x = tcn(i, **kwargs)
    x = layers.Lambda(lambda t: t[:, -1, :])(x)
    o = layers.Dense(classes, activation="softmax")(x)
    model = Model(i, o)
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


compiled_tcn(features=9, steps=128, classes=6, dilations=[1, 2, 4, 8, 16], match=False)
