import math
import numpy as np
import keras
from keras import layers


class Loader(keras.utils.PyDataset):
    def __init__(self, count, batch_size, shape, **kwargs):
        super().__init__(**kwargs)
        self.count = count
        self.batch_size = batch_size
        self.shape = shape

    def __len__(self):
        return math.ceil(self.count / self.batch_size)

    def _field(self, channels):
        return np.random.rand(self.batch_size, *self.shape, channels).astype("float32")

    def __getitem__(self, idx):
        priors = self._field(3)
        model_field = self._field(2)
        return {"input_priors": priors, "input_model": model_field}, self._field(1)


def build(shape):
    priors = keras.Input(shape + (3,), name="input_priors")
    fields = keras.Input(shape + (2,), name="input_model")
    x = layers.Concatenate()([priors, fields])
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    return keras.Model({"input_priors": priors, "input_model": fields}, layers.Conv2D(1, 1)(x))


model = build((16, 16))
model.compile("adam", "mse")
model.fit(Loader(16, 4, (16, 16)), epochs=1)
