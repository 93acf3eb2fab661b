import numpy as np
import keras


class MixUp(keras.utils.PyDataset):
    def __init__(self, x, y, batch, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch = x, y, batch

    def __len__(self):
        return len(self.x) // self.batch

    def __getitem__(self, index):
        part = slice(index * self.batch, (index + 1) * self.batch)
        x, y = self.x[part], self.y[part]
        lam = np.random.beta(0.2, 0.2, self.batch)
        perm = np.random.permutation(self.batch)
        mixed = lam * x + (1 - lam) * x[perm]
        lam = lam.reshape(-1, 1)
        return mixed, lam * y + (1 - lam) * y[perm]


x = np.random.rand(64, 16, 16, 3)
y = keras.utils.to_categorical(np.arange(64) % 4, 4)
model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Flatten(), keras.layers.Dense(4, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(MixUp(x, y, 8), epochs=1, verbose=0)
