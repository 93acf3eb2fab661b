import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

X = np.random.rand(64, 10).astype("float32")
y = np.random.rand(64, 1).astype("float32")


class Batches(keras.utils.PyDataset):
    def __init__(self, X, y, batch_size, **kwargs):
        super().__init__(**kwargs)
        self.X, self.y, self.batch_size = X, y, batch_size

    def __len__(self):
        return int(np.ceil(len(self.X) / self.batch_size))

    def __getitem__(self, index):
        rows = slice(index * self.batch_size, (index + 1) * self.batch_size)
        return self.X[rows], self.y[rows]


model = keras.Sequential([layers.Input((10,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(Batches(X, y, 16), epochs=1, verbose=0)
