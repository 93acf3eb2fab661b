import math

import keras

NUMERIC = ["trip_seconds", "trip_miles"]
EMBEDDED = {"dropoff_grid": 600, "euclidean": 24}
ONEHOT = {"trip_month": 12, "payment_type": 7}


def create_inputs():
    inputs = {}
    for name in NUMERIC:
        inputs[name] = keras.Input(shape=(), name=name, dtype="float32")
    for name in [*EMBEDDED, *ONEHOT]:
        inputs[name] = keras.Input(shape=(), name=name, dtype="int64")
    return inputs


def create_classifier(hidden=(64, 32)):
    inputs = create_inputs()
    columns = []
    for name, tensor in inputs.items():
        if name in EMBEDDED:
            size = EMBEDDED[name]
            columns.append(keras.layers.Embedding(size + 1, int(math.sqrt(size)))(tensor))
        elif name in ONEHOT:
            encode = keras.layers.CategoryEncoding(ONEHOT[name], output_mode="one_hot")
            columns.append(encode(keras.ops.expand_dims(tensor, -1)))
        else:
            columns.append(keras.ops.expand_dims(tensor, -1))
    x = keras.layers.concatenate(columns)
    for units in hidden:
        x = keras.layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(x))


create_classifier().summary()
