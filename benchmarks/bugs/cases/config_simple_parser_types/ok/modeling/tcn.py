from tensorflow import keras


def make(channels, kernel, residual):
    x = inp = keras.Input((64, 24))
    for c in channels:
        y = keras.layers.Conv1D(c, kernel, padding="causal")(x)
        x = keras.layers.Add()([x, y]) if residual else y
    return keras.Model(inp, x)
