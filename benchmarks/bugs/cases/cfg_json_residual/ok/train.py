import json
from pathlib import Path
from tensorflow import keras
from tensorflow.keras import layers

HERE = Path(__file__).resolve().parent
settings = json.loads((HERE / "network.json").read_text())


class Residual(layers.Layer):
    def __init__(self, filters, stride=1, project=False, **kwargs):
        super().__init__(**kwargs)
        self.first = layers.Conv1D(filters, 3, strides=stride, padding="same", activation="relu")
        self.second = layers.Conv1D(filters, 3, padding="same")
        self.project = layers.Conv1D(filters, 1, strides=stride) if project else None
        self.join = layers.Add()

    def call(self, x):
        shortcut = x if self.project is None else self.project(x)
        return self.join([self.second(self.first(x)), shortcut])


inputs = keras.Input((settings["length"], settings["leads"]))
x = layers.Conv1D(settings["stem"], 7, padding="same")(inputs)
for block in settings["blocks"]:
    x = Residual(**block)(x)
outputs = layers.Dense(settings["classes"], activation="softmax")(layers.GlobalAveragePooling1D()(x))
model = keras.Model(inputs, outputs)
