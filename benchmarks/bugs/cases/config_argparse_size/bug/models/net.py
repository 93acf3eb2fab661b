from tensorflow.keras.layers import Input, Conv2D, MaxPool2D, Conv2DTranspose, concatenate
from tensorflow.keras.models import Model


def unet(input_size, n_filters=8):
    inp = Input(input_size)
    c1 = Conv2D(n_filters, 3, padding="same", activation="relu")(inp)
    p1 = MaxPool2D()(c1)
    c2 = Conv2D(n_filters * 2, 3, padding="same", activation="relu")(p1)
    u1 = Conv2DTranspose(n_filters, 2, strides=2, padding="same")(c2)
    m1 = concatenate([c1, u1], axis=3)
    out = Conv2D(1, 1, activation="sigmoid")(m1)
    return Model(inp, out)
