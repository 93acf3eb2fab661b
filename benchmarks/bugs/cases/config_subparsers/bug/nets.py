from tensorflow import keras
from tensorflow.keras import layers


def gan(latent, label_dim, merge):
    z = keras.Input((latent,))
    y = keras.Input((1,), dtype="int32")
    e = layers.Flatten()(layers.Embedding(10, label_dim)(y))
    if merge == "mul":
        h = layers.multiply([z, e])
    else:
        h = layers.concatenate([z, e])
    return keras.Model([z, y], layers.Dense(784)(h))
