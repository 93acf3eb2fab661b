from keras import Input, Model, layers


def build(width, depth, growth, pool, pool_size, **unused):
    x = inp = Input((32, 32, 3))
    x = layers.Conv2D(width, 3, padding="same")(x)
    for _ in range(depth):
        y = layers.Conv2D(growth, 3, padding="same")(x)
        if pool:
            y = layers.MaxPooling2D(pool_size, padding="same")(y)
        x = layers.Concatenate()([x, y])
    return Model(inp, x)
