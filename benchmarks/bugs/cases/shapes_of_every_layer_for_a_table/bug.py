from dataclasses import dataclass

import keras
import numpy as np


@dataclass(frozen=True)
class Row:
    name: str
    kind: str
    output: tuple
    parameters: int


def table(model):
    rows = []
    for layer in model.layers[1:]:
        rows.append(Row(layer.name, type(layer).__name__, layer.output_shape, layer.count_params()))
    return rows


def encoder(window, channels, widths=(16, 32), code=8):
    inputs = keras.Input((window, channels), name="signal")
    x = inputs
    for i, width in enumerate(widths):
        x = keras.layers.Conv1D(width, 5, strides=2, padding="same", name=f"conv{i}")(x)
        x = keras.layers.LayerNormalization(name=f"norm{i}")(x)
        x = keras.layers.Activation("gelu", name=f"act{i}")(x)
    x = keras.layers.GlobalAveragePooling1D(name="pool")(x)
    return keras.Model(inputs, keras.layers.Dense(code, name="code")(x))


model = encoder(100, 6)
print(model.predict(np.zeros((2, 100, 6)), verbose=0).shape)
for row in table(model):
    print(f"{row.name:10} {row.kind:25} {str(row.output):20} {row.parameters}")
