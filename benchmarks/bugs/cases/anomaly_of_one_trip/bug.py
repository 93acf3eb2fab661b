import logging
from typing import Any

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)


class LSTMAutoencoder:
    def __init__(self, input_dim: int = 10, sequence_length: int = 60, latent: int = 16) -> None:
        self.input_dim = input_dim
        self.sequence_length = sequence_length
        self.model = self._build(latent)
        self.threshold: float | None = None

    def _build(self, latent: int) -> keras.Model:
        inputs = keras.Input(shape=(self.sequence_length, self.input_dim))
        encoded = layers.LSTM(latent)(inputs)
        decoded = layers.RepeatVector(self.sequence_length)(encoded)
        decoded = layers.LSTM(latent, return_sequences=True)(decoded)
        outputs = layers.TimeDistributed(layers.Dense(self.input_dim))(decoded)
        model = keras.Model(inputs, outputs)
        model.compile(optimizer="adam", loss="mae")
        return model

    def train(self, sequences: np.ndarray, epochs: int = 1) -> None:
        self.model.fit(sequences, sequences, epochs=epochs, batch_size=16, verbose=0)
        rebuilt = self.model.predict(sequences, verbose=0)
        errors = np.mean(np.abs(rebuilt - sequences), axis=(1, 2))
        self.threshold = float(np.percentile(errors, 95))

    def get_anomaly_score(self, sequence: np.ndarray) -> float:
        sequence = np.array(sequence).reshape(1, self.sequence_length, self.input_dim)
        reconstruction = self.model.predict(sequence, verbose=0)
        return float(np.mean(np.abs(sequence - reconstruction)))


class AnomalyDetector:
    FIELDS = ("speed", "fuel", "idle", "load", "heading", "brake", "rpm", "temperature", "detour", "delay")

    def __init__(self) -> None:
        self.models = {"trip": LSTMAutoencoder(input_dim=len(self.FIELDS), sequence_length=60)}
        history = np.random.rand(64, 60, len(self.FIELDS)).astype("float32")
        self.low, self.high = history.min(axis=(0, 1)), history.max(axis=(0, 1))
        for kind, model in self.models.items():
            model.train((history - self.low) / (self.high - self.low))
            logger.info("%s: threshold %.3f", kind, model.threshold)

    def _features(self, trip: dict[str, Any]) -> np.ndarray:
        return np.array([float(trip.get(field, 0.0)) for field in self.FIELDS])

    def detect_anomaly(self, kind: str, trip: dict[str, Any]) -> dict[str, Any]:
        features = self._features(trip).reshape(1, -1)
        data_scaled = (features - self.low) / (self.high - self.low)
        model = self.models[kind]
        score = model.get_anomaly_score(data_scaled)
        return {"score": score, "is_anomaly": score > (model.threshold or 0.0)}


if __name__ == "__main__":
    print(AnomalyDetector().detect_anomaly("trip", {"speed": 0.9, "fuel": 0.4, "delay": 3}))
