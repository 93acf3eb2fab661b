from tensorflow.keras import Input, Model, layers


def build(a, b):
    x = inp = Input((8,))
    return Model(inp, layers.Add()([layers.Dense(a)(x), layers.Dense(b)(x)]))
