import keras
import numpy as np
from keras import layers

FIELDS = {"age": 1, "region": 6, "history": 24}


def build(fields):
    inputs = {name: keras.Input((width,), name=name) for name, width in fields.items()}
    joined = layers.Concatenate()(list(inputs.values()))
    x = layers.Dense(32, activation="relu")(joined)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


rng = np.random.default_rng(0)
columns = [rng.random((500, width)) for width in FIELDS.values()]
table = np.concatenate(columns, axis=1)
churned = rng.integers(0, 2, (500, 1))

model = build(FIELDS)
model.compile("adam", "binary_crossentropy")
model.fit(dict(zip(FIELDS, columns)), churned, batch_size=50, epochs=1)
