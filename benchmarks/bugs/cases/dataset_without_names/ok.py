import keras
import numpy as np


class SingleInput(keras.utils.PyDataset):
    def __init__(self, samples=64, batch_size=16, **kwargs):
        super().__init__(**kwargs)
        self.batch_size = batch_size
        self.x = np.random.random((samples, 8, 8, 3))
        self.moments = np.random.random((samples, 4))
        self.y = np.random.random((samples, 2))

    def __len__(self):
        return len(self.x) // self.batch_size

    def __getitem__(self, idx):
        rows = slice(idx * self.batch_size, (idx + 1) * self.batch_size)
        return {"image": self.x[rows], "moments": self.moments[rows]}, self.y[rows]


def build():
    inputs = {"image": keras.Input((8, 8, 3), name="image"), "moments": keras.Input((4,), name="moments")}
    x = keras.layers.Conv2D(4, 3, activation="relu")(inputs["image"])
    x = keras.layers.Concatenate()([keras.layers.Flatten()(x), inputs["moments"]])
    model = keras.Model(inputs=inputs, outputs=keras.layers.Dense(2)(x))
    model.compile(optimizer="adam", loss="mse")
    return model


model = build()
dataset = SingleInput(workers=1)
history = model.fit(dataset, epochs=1, verbose=0)
