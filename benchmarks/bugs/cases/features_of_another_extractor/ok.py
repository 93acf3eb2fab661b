import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

LABELS = ["angry", "fear", "happy", "neutral", "sad", "surprise"]


def opensmile(recordings):
    return np.stack([np.resize(np.abs(np.fft.rfft(r)), 1582) for r in recordings])


def librosa(recordings):
    found = []
    for r in recordings:
        frames = r[: len(r) // 200 * 200].reshape(-1, 200)
        spectrum = np.abs(np.fft.rfft(frames, axis=1))[:, :78]
        found.append(np.hstack([spectrum.mean(0), spectrum.std(0), spectrum.max(0), spectrum.min(0)]))
    return np.array(found)


class LSTMModel:
    def __init__(self, input_shape, hidden_size=32, n_classes=6, dropout=0.5):
        self.model = Sequential()
        self.model.add(LSTM(hidden_size, input_shape=(1, input_shape)))
        self.model.add(Dropout(dropout))
        self.model.add(Dense(32, activation="relu"))
        self.model.add(Dense(n_classes, activation="softmax"))
        self.model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])

    def reshape_input(self, data):
        return np.reshape(data, (data.shape[0], 1, data.shape[1]))

    def train(self, x, y, n_epochs=1):
        self.model.fit(self.reshape_input(x), to_categorical(y, len(LABELS)), epochs=n_epochs, batch_size=8, verbose=0)

    def predict(self, samples):
        return np.argmax(self.model.predict(self.reshape_input(samples), verbose=0), axis=1)


recordings = np.random.randn(24, 4000)
emotions = np.random.randint(0, len(LABELS), 24)
features = opensmile(recordings)
classifier = LSTMModel(input_shape=features.shape[1])
classifier.train(features, emotions)
new = opensmile(np.random.randn(2, 4000))
print([LABELS[i] for i in classifier.predict(new)])
