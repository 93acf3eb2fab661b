from tensorflow.keras import layers, models


def create(classes, aux):
    inp = layers.Input((8,))
    x = layers.Dense(classes)(inp)
    y = layers.Dense(aux)(inp)
    return models.Model(inp, layers.Maximum()([x, y]))
