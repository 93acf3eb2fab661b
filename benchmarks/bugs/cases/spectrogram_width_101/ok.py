import numpy as np
from keras import Model, layers


def speech_net(bins=64, channels=16):
    spectrum = layers.Input(shape=(bins, None, 1))
    d1 = layers.Conv2D(channels, 5, strides=2, padding="same", activation="relu")(spectrum)
    d2 = layers.Conv2D(channels * 2, 5, strides=2, padding="same", activation="relu")(d1)
    u1 = layers.Conv2DTranspose(channels, 5, strides=2, padding="same", activation="relu")(d2)
    u1 = layers.Concatenate()([u1, d1])
    u2 = layers.Conv2DTranspose(8, 5, strides=2, padding="same", activation="relu")(u1)
    u2 = layers.Concatenate()([u2, spectrum])
    return Model(spectrum, layers.Conv2D(1, 1, activation="sigmoid")(u2))


net = speech_net()
clip = np.random.rand(1, 64, 104, 1).astype("float32")
enhanced = net.predict(clip, verbose=0)
print(enhanced.shape)
