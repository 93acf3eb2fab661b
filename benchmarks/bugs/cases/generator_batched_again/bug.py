import numpy as np
import tensorflow as tf
import keras as kr


class Spectra:
    """Batches of spectra with 360 channels and the class of each."""

    def __init__(self, size, count=480):
        self.size = size
        self.rows = np.random.rand(count, 360).astype("float32")
        self.labels = np.random.randint(0, 3, size=count)

    def __len__(self):
        return len(self.rows) // self.size

    def __getitem__(self, index):
        part = slice(index * self.size, (index + 1) * self.size)
        return self.rows[part], kr.utils.to_categorical(self.labels[part], 3)

    def __call__(self):
        for index in range(len(self)):
            yield self[index]


visible = kr.Input(shape=(360,))
x = kr.layers.Dense(256, activation="relu")(visible)
x = kr.layers.Dense(64, activation="relu")(x)
output = kr.layers.Dense(3, activation="softmax")(x)
model = kr.Model(inputs=visible, outputs=output)
model.compile("adam", "categorical_crossentropy")

spectra = Spectra(96)
X, y = spectra[0]
print(X.shape, y.shape)
signature = (tf.TensorSpec(X.shape, tf.float32), tf.TensorSpec(y.shape, tf.float64))
dataset = tf.data.Dataset.from_generator(spectra, output_signature=signature).batch(1)
model.fit(dataset, epochs=2)
