import keras
from keras import layers


def build(model):
    inp = keras.Input((model.side, model.side, 3))
    x = layers.Conv2D(model.filters, 3, padding="same")(inp)
    y = layers.AveragePooling2D(model.pool)(x)
    y = layers.UpSampling2D(model.pool)(y)
    return keras.Model(inp, layers.Multiply()([x, y]))
