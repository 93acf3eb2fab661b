from keras import Input, Model, layers


def encoder(width, kind):
    x = Input((50, 16))
    h = layers.Bidirectional(layers.LSTM(width, return_sequences=True))(x)
    if kind == "gated":
        g = layers.Dense(width, activation="sigmoid")(x)
        h = layers.Multiply()([h, g])
    return Model(x, h)
