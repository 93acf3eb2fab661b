import numpy as np
import pandas as pd
from tensorflow.keras.layers import LSTM, Dense, Input, concatenate
from tensorflow.keras.models import Model
from tensorflow.keras.utils import Sequence, to_categorical

num_classes = 5


class ValidGenerator(Sequence):
    def __init__(self, df, batch_size=32, shuffle=True, **kwargs):
        super().__init__(**kwargs)
        self.batch_size = batch_size
        self.df = df
        self.indices = self.df.index.tolist()
        self.num_classes = num_classes
        self.shuffle = shuffle
        self.on_epoch_end()

    def __len__(self):
        return int(len(self.indices) // self.batch_size)

    def __getitem__(self, index):
        index = self.index[index * self.batch_size:(index + 1) * self.batch_size]
        batch = [self.indices[k] for k in index]
        X, y = self.__get_data(batch)
        return X, y

    def on_epoch_end(self):
        self.index = np.arange(len(self.indices))
        if self.shuffle:
            np.random.shuffle(self.index)

    def __get_data(self, batch):
        features = []
        for name in ("first", "second", "third"):
            column = np.array([self.df[name][row] for row in batch])
            features.append(np.expand_dims(column, -1))
        labels = [to_categorical(self.df[name][batch].values, self.num_classes) for name in ("kind", "colour")]
        return tuple(features), tuple(labels)


rows = 128
df = pd.DataFrame({
    "first": [np.random.rand(10) for _ in range(rows)],
    "second": [np.random.rand(10) for _ in range(rows)],
    "third": [np.random.rand(10) for _ in range(rows)],
    "kind": np.random.randint(0, num_classes, rows),
    "colour": np.random.randint(0, num_classes, rows),
})
inputs = [Input(shape=(10, 1), name=f"input_{i}") for i in range(3)]
encoded = [LSTM(8)(i) for i in inputs]
x = concatenate(encoded)
outputs = [Dense(num_classes, activation="softmax", name=n)(x) for n in ("kind", "colour")]
model = Model(inputs, outputs)
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.fit(ValidGenerator(df), epochs=1, verbose=0)
