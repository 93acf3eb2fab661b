import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Conv1D, Dense, Dropout, Input, MaxPooling1D, UpSampling1D
from tensorflow.keras.models import Model

params = {
    "input_dimension": (600, 3),
    "filters": [8, 16, 32],
    "kernel_size": 11,
    "drop_rate": 0.1,
    "loss_weights": [0.03, 0.40, 0.58],
    "loss_types": ["binary_crossentropy"] * 3,
    "batch_size": 10,
    "epochs": 1,
}


class DataGenerator(tf.keras.utils.Sequence):
    def __init__(self, list_IDs, dim, batch_size, shuffle=True):
        super().__init__()
        self.list_IDs, self.dim, self.batch_size, self.shuffle = list_IDs, dim, batch_size, shuffle
        self.on_epoch_end()

    def __len__(self):
        return int(np.floor(len(self.list_IDs) / self.batch_size))

    def __getitem__(self, index):
        indexes = self.indexes[index * self.batch_size:(index + 1) * self.batch_size]
        X, y1, y2, y3 = self.__data_generation([self.list_IDs[k] for k in indexes])
        return {"input": X}, {"detector": y1, "picker_P": y2, "picker_S": y3}

    def on_epoch_end(self):
        self.indexes = np.arange(len(self.list_IDs))
        if self.shuffle:
            np.random.shuffle(self.indexes)

    def __data_generation(self, list_IDs_temp):
        X = np.zeros((len(list_IDs_temp), *self.dim))
        y1, y2, y3 = (np.zeros((len(list_IDs_temp), self.dim[0], 1)) for _ in range(3))
        for i, ID in enumerate(list_IDs_temp):
            start = 100 + ID % 200
            X[i, start:] = np.random.randn(self.dim[0] - start, self.dim[1])
            y1[i, start:start + 150] = 1
            y2[i, start - 20:start + 20] = 1
            y3[i, start + 50:start + 90] = 1
        return X, y1, y2, y3


def build():
    inp = Input(shape=params["input_dimension"], name="input")
    x = inp
    for f in params["filters"]:
        x = MaxPooling1D(2)(Conv1D(f, params["kernel_size"], padding="same", activation="relu")(x))
    x = LSTM(16, return_sequences=True)(x)
    outs = []
    for name in ("detector", "picker_P", "picker_S"):
        y = Dropout(params["drop_rate"])(UpSampling1D(8)(x))
        outs.append(Conv1D(1, 11, padding="same", activation="sigmoid", name=name)(y))
    model = Model(inputs=inp, outputs=outs)
    model.compile(loss=params["loss_types"], loss_weights=params["loss_weights"], optimizer="adam")
    return model


model = build()
ids = list(range(40))
model.fit(DataGenerator(ids[:30], params["input_dimension"], params["batch_size"]),
          epochs=params["epochs"],
          validation_data=DataGenerator(ids[30:], params["input_dimension"], params["batch_size"]))
