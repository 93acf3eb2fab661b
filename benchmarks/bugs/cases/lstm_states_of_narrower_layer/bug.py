import numpy as np
import keras
from keras import layers

CONFIG = {"features": 80, "units": [1024, 256], "characters": 29}


class StackedSpeech:
    """LSTM layers, each started in the state where the one below ended."""

    def __init__(self, config):
        self.config = config
        self.states = None

    def layer(self, number, units, h):
        lstm = layers.LSTM(units, return_sequences=True, return_state=True, name=f"{number:02d}_lstm")
        h, *self.states = lstm(h, initial_state=self.states)
        return h

    def build(self):
        frames = layers.Input((None, self.config["features"]))
        h = layers.Dense(128, activation="relu")(frames)
        for number, units in enumerate(self.config["units"]):
            h = self.layer(number, units, h)
        out = layers.TimeDistributed(layers.Dense(self.config["characters"], activation="softmax"))(h)
        return keras.Model(frames, out)


speech = StackedSpeech(CONFIG).build()
utterances = np.random.rand(4, 50, 80)
print(speech.predict(utterances, verbose=0).shape)
