from dataclasses import dataclass, field
from typing import List

from keras import Input, Model
from keras.layers import LSTM, Dense, RepeatVector, TimeDistributed


@dataclass
class Settings:
    timesteps: int = 10
    input_dim: int = 5
    encoder: List[int] = field(default_factory=lambda: [64, 32, 16])
    dropout: float = 0.1


class SequenceAutoencoder:
    def __init__(self, settings: Settings):
        self.s = settings
        self.encoder = None
        self.autoencoder = None

    def _encode(self, x):
        sizes = self.s.encoder
        for i, size in enumerate(sizes):
            last = i == len(sizes) - 1
            x = LSTM(size, return_sequences=not last, dropout=self.s.dropout, name=f"enc_{i}")(x)
        return x

    def _decode(self, code):
        x = RepeatVector(self.s.timesteps)(code)
        for i, size in enumerate(reversed(self.s.encoder)):
            x = LSTM(size, return_sequences=True, dropout=self.s.dropout, name=f"dec_{i}")(x)
        return TimeDistributed(Dense(self.s.input_dim))(x)

    def build(self):
        window = Input(shape=(self.s.timesteps, self.s.input_dim))
        code = self._encode(window)
        self.encoder = Model(window, code)
        self.autoencoder = Model(window, self._decode(code))
        self.autoencoder.compile(optimizer="adam", loss="mse")
        return self


SequenceAutoencoder(Settings()).build()
