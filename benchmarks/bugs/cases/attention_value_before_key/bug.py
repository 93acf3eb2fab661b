import keras
import numpy as np
from keras import layers


def projections(x, widths):
    return [layers.Conv1D(width, 1)(x) for width in widths]


def model_for(steps, channels, key_dim=5, value_dim=7):
    series = layers.Input((steps, channels))
    query, key, value = projections(series, [key_dim, key_dim, value_dim])
    context = layers.Attention()([query, key, value])
    x = layers.Flatten()(context)
    return keras.Model(series, layers.Dense(1)(x))


model = model_for(8, 4)
window = np.random.random((1, 8, 4)).astype("float32")
print(model(window).shape)
