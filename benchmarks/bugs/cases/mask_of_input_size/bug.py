import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

SIZE = 65


class Masks(tf.keras.utils.Sequence):
    def __init__(self, ids, batch_size, **kwargs):
        super().__init__(**kwargs)
        self.ids = ids
        self.batch_size = batch_size

    def __len__(self):
        return len(self.ids) // self.batch_size

    def __getitem__(self, index):
        ids = self.ids[index * self.batch_size:(index + 1) * self.batch_size]
        X = np.zeros((len(ids), SIZE, SIZE, 3), dtype=np.float32)
        Y = np.zeros((len(ids), SIZE, SIZE, 1), dtype=np.float32)
        for i, _ in enumerate(ids):
            X[i] = np.random.rand(SIZE, SIZE, 3)
            Y[i] = np.random.rand(SIZE, SIZE, 1) > 0.5
        return X, Y


def net(padding):
    inputs = layers.Input((SIZE, SIZE, 3))
    x = inputs
    for rate in (1, 2, 4):
        x = layers.Conv2D(8, 3, dilation_rate=rate, padding=padding, activation="relu")(x)
    return tf.keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))


model = net("valid")
model.compile("adam", "binary_crossentropy")
model.fit(Masks(list(range(16)), 4), epochs=1)
