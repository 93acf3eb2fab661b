import numpy as np
from tensorflow.keras import Sequential, layers
from tensorflow.keras.utils import Sequence


class DataGenerator(Sequence):
    def __init__(self, sequences, labels, max_len=50, batch_size=2, shuffle=False):
        super().__init__()
        self.sequences, self.labels = sequences, labels
        self.max_len, self.batch_size, self.shuffle = max_len, batch_size, shuffle
        self.index_array = np.arange(len(sequences))

    def __len__(self):
        return int(np.floor(len(self.sequences) / self.batch_size))

    def __getitem__(self, index):
        indexes = self.index_array[index * self.batch_size:self.batch_size * (index + 1)]
        return self.generate(indexes)

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.index_array)

    def generate(self, indexes):
        X, y = [], []
        for i in indexes:
            X.append(np.pad(self.sequences[i], (0, self.max_len - len(self.sequences[i]))))
            y.append(self.labels[i])
        return np.array(X), np.array(y)


rng = np.random.default_rng(1)
sequences = [rng.integers(1, 30, size=rng.integers(5, 50)) for _ in range(24)]
train = DataGenerator(sequences, rng.integers(0, 2, size=24))
model = Sequential([
    layers.Input((50,)),
    layers.Embedding(30, 8),
    layers.LSTM(16),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(train, epochs=1)
