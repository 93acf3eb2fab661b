import string

import numpy as np
import tensorflow as tf
from tensorflow import keras

DEFAULT_BUILD_PARAMS = {
    "height": 31,
    "width": 200,
    "color": False,
    "filters": (16, 32, 32),
    "rnn_units": (32, 32),
    "dropout": 0.25,
    "pool_size": 2,
    "stn": True,
}


def transform(inputs):
    locs, features = inputs
    shift = tf.reshape(locs, (-1, 2, 3))[:, :, 2]
    return features + tf.reduce_sum(shift, axis=1)[:, None, None, None]


def build_model(alphabet, height, width, color, filters, rnn_units, dropout, pool_size, stn=True):
    inputs = keras.layers.Input((height, width, 3 if color else 1))
    x = keras.layers.Permute((2, 1, 3))(inputs)
    for number, count in enumerate(filters):
        x = keras.layers.Conv2D(count, (3, 3), activation="relu", padding="same", name=f"conv_{number + 1}")(x)
        if number % 2:
            x = keras.layers.MaxPooling2D((pool_size, pool_size), name=f"maxpool_{number + 1}")(x)
    if stn:
        stn_input_layer = keras.layers.Input(shape=x.shape[1:])
        locnet_y = keras.layers.Conv2D(16, (5, 5), padding="same", activation="relu")(stn_input_layer)
        locnet_y = keras.layers.Flatten()(locnet_y)
        locnet_y = keras.layers.Dense(8, activation="relu")(locnet_y)
        locnet_y = keras.layers.Dense(
            6,
            weights=[
                np.zeros((8, 6), dtype="float32"),
                np.array([[1, 0, 0], [0, 1, 0]], dtype="float32").flatten(),
            ],
        )(locnet_y)
        localization_net = keras.models.Model(inputs=stn_input_layer, outputs=locnet_y)
        x = keras.layers.Lambda(transform, output_shape=x.shape[1:])([localization_net(x), x])
    x = keras.layers.Reshape((width // pool_size, (height // pool_size) * filters[-1]))(x)
    x = keras.layers.Dense(rnn_units[0], activation="relu", name="fc_9")(x)
    for units in rnn_units:
        x = keras.layers.Bidirectional(keras.layers.LSTM(units, return_sequences=True))(x)
    x = keras.layers.Dropout(dropout)(x)
    x = keras.layers.Dense(len(alphabet) + 1, activation="softmax", name="fc_12")(x)
    return keras.models.Model(inputs=inputs, outputs=x)


model = build_model(string.digits + string.ascii_lowercase, **DEFAULT_BUILD_PARAMS)
print(model.output_shape)
