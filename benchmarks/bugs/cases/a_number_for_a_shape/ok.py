import json

import keras
from keras import layers

ARCHITECTURE = json.loads("""
{
  "name": "house_prices",
  "features": 51,
  "hidden": [64, 32],
  "dropout": 0.1
}
""")


def from_json(spec):
    inputs = keras.Input(shape=(spec["features"],), name="features")
    x = inputs
    for n, units in enumerate(spec["hidden"]):
        x = layers.Dense(units, activation="relu", name=f"hidden_{n}")(x)
        x = layers.Dropout(spec["dropout"])(x)
    return keras.Model(inputs, layers.Dense(1)(x), name=spec["name"])


model = from_json(ARCHITECTURE)
model.summary()
