from tensorflow.keras.layers import Concatenate, Conv2D, Dropout, Input, MaxPooling2D, UpSampling2D
from tensorflow.keras.models import Model


def build(height, width, channels, depth, filters, dropout):
    inputs = Input(shape=(height, width, channels))
    x = inputs
    skips = []
    for i in range(depth):
        x = Conv2D(filters * 2 ** i, 3, padding="same", activation="relu")(x)
        skips.append(x)
        x = MaxPooling2D()(x)
    x = Dropout(dropout)(x)
    for i, skip in enumerate(reversed(skips)):
        x = UpSampling2D()(x)
        x = Concatenate()([skip, x])
        x = Conv2D(filters, 3, padding="same", activation="relu")(x)
    return Model(inputs, Conv2D(1, 1)(x))
