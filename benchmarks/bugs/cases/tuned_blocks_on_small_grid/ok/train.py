import json
from pathlib import Path

import keras
from keras import layers

GRID = (24, 24, 5)


class HyperModel:
    def __init__(self, trial):
        self.hp = trial["hyperparameters"]

    def build(self, grid, targets):
        hp = self.hp
        model = keras.Sequential([keras.Input(grid)])
        for filters, kernel in hp["blocks"]:
            model.add(layers.Conv2D(filters, kernel, padding=hp["padding"], activation="relu"))
            model.add(layers.MaxPooling2D())
        model.add(layers.Flatten())
        model.add(layers.Dense(hp["dense"], activation="relu"))
        model.add(layers.Dropout(hp["dropout"]))
        model.add(layers.Dense(targets))
        return model


trial = json.loads((Path(__file__).parent / "search.json").read_text())
model = HyperModel(trial).build(GRID, targets=1)
model.compile(optimizer="adam", loss="mse")
model.summary()
