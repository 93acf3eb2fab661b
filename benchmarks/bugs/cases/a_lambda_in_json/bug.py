import numpy as np
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import Dense, Input, Lambda
from tensorflow.keras.models import model_from_json


def residual_block(x, units, scale=0.1):
    h = Dense(units, activation="relu")(x)
    h = Dense(x.shape[-1])(h)
    h = Lambda(lambda t: t * 0.1, name=f"scale_{units}")(h)
    return x + h


def network(width, depth):
    inputs = Input((width,))
    x = inputs
    for level in range(depth):
        x = residual_block(x, 8 * (level + 1))
    return Model(inputs, Dense(1)(x), name="residual")


model = network(6, 2)
text = model.to_json()
copy = model_from_json(text)
copy.set_weights(model.get_weights())
sample = np.ones((2, 6))
print(np.allclose(model.predict(sample, verbose=0), copy.predict(sample, verbose=0)))
