import json

import numpy as np
import tensorflow as tf

REALS = ["dep_delay", "taxi_out", "distance"]
CATEGORIES = {"origin": ["JFK", "ATL", "ORD"], "dest": ["LAX", "DFW", "SEA"]}

inputs = {name: tf.keras.Input((1,), name=name) for name in REALS}
inputs.update({name: tf.keras.Input((1,), name=name, dtype="string") for name in CATEGORIES})

wide = []
for name, vocabulary in CATEGORIES.items():
    lookup = tf.keras.layers.StringLookup(vocabulary=vocabulary, output_mode="one_hot")
    wide.append(lookup(inputs[name]))
deep = tf.keras.layers.Concatenate(name="deep")([inputs[name] for name in REALS])
for units in (64, 8):
    deep = tf.keras.layers.Dense(units, activation="relu")(deep)
both = tf.keras.layers.Concatenate(name="both")([deep, *wide])
output = tf.keras.layers.Dense(1, activation="sigmoid", name="pred")(both)
model = tf.keras.Model(inputs, output)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])

flights = {name: np.random.rand(32, 1).astype("float32") for name in REALS}
for name, vocabulary in CATEGORIES.items():
    flights[name] = tf.constant(np.random.choice(vocabulary, (32, 1)))
ontime = np.random.randint(0, 2, (32, 1))
model.fit(tf.data.Dataset.from_tensor_slices((flights, ontime)).batch(8), epochs=1, verbose=0)

request = json.loads("""{"instances": [
    {"dep_delay": 14.0, "taxi_out": 13.0, "distance": 319.0, "origin": "JFK", "dest": "DFW"},
    {"dep_delay": -9.0, "taxi_out": 21.0, "distance": 301.0, "origin": "ATL", "dest": "LAX"}
]}""")
data = {"instances": request["instances"]}
print(model.predict(data, verbose=0))
