from tensorflow import keras
from tensorflow.keras import layers


def conv_block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation("relu")(x)


def build_unet(size, channels=3, base=8):
    inputs = keras.Input((size, size, channels))
    d1 = conv_block(inputs, base)
    p1 = layers.MaxPooling2D(2)(d1)
    d2 = conv_block(p1, base * 2)
    p2 = layers.MaxPooling2D(2)(d2)
    mid = conv_block(p2, base * 4)
    u2 = layers.UpSampling2D(2)(mid)
    u2 = layers.Concatenate()([u2, d2])
    u2 = conv_block(u2, base * 2)
    u1 = layers.UpSampling2D(2)(u2)
    u1 = layers.Concatenate()([u1, d1])
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(u1))
