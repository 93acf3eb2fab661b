from keras import Input, Model, layers


def build(latent, hidden, condition):
    image = Input((28, 28, 1))
    label = Input((condition,))
    x = layers.Flatten()(image)
    for units in hidden:
        x = layers.Dense(units, activation="relu")(x)
    z = layers.Dense(latent)(x)
    z = layers.Multiply()([z, label])
    return Model([image, label], layers.Dense(10)(z))
