from dataclasses import dataclass, field

import keras
from keras import layers


@dataclass
class SparseFeature:
    name: str
    vocabulary: int
    dim: int = 8


@dataclass
class Schema:
    sparse: list = field(default_factory=list)
    dense: list = field(default_factory=list)


def wide_and_deep(schema, hidden):
    inputs, embedded = [], []
    for f in schema.sparse:
        ids = keras.Input((1,), name=f.name, dtype="int32")
        inputs.append(ids)
        embedded.append(layers.Flatten()(layers.Embedding(f.vocabulary, f.dim)(ids)))
    numbers = [keras.Input((1,), name=name) for name in schema.dense]
    inputs += numbers
    pooled = layers.add(embedded)
    x = layers.concatenate([pooled, *numbers])
    for units in hidden:
        x = layers.Dense(units, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


schema = Schema(
    sparse=[SparseFeature("user", 5000), SparseFeature("item", 20000, 16), SparseFeature("city", 50)],
    dense=["price", "age"],
)
model = wide_and_deep(schema, (64, 32))
model.compile("adam", "binary_crossentropy")
