from keras.layers import Add, Concatenate, Conv2D, UpSampling2D


def residual(x, filters):
    y = Conv2D(filters, 3, padding="same")(x)
    return Add()([x, y])


def up(x, skip):
    return Concatenate()([UpSampling2D()(x), skip])
