import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class UNetKeras:
    def __init__(self, input_shape=(128, 128, 1), classes=3, base=8):
        self.input_shape = input_shape
        self.classes = classes
        self.base = base
        self.model = self._build()

    def _double(self, x, filters):
        x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
        return layers.Conv2D(filters, 3, activation="relu", padding="same")(x)

    def _build(self):
        inputs = keras.Input(self.input_shape)
        c1 = self._double(inputs, self.base)
        c2 = self._double(layers.MaxPooling2D()(c1), self.base * 2)
        c3 = self._double(layers.MaxPooling2D()(c2), self.base * 4)
        u2 = layers.concatenate([layers.UpSampling2D()(c3), c2])
        c4 = self._double(u2, self.base * 2)
        u1 = layers.concatenate([layers.UpSampling2D()(c4), c1])
        c5 = self._double(u1, self.base)
        outputs = layers.Conv2D(self.classes, 1, activation="softmax")(c5)
        return keras.Model(inputs, outputs, name="unet")

    def fit(self, x, y, **kwargs):
        self.model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
        return self.model.fit(x, y, **kwargs)


def load(count, side, resize_to=None):
    scans = np.random.rand(count, side, side, 1).astype("float32")
    masks = np.random.randint(0, 3, (count, side, side, 1)).astype("float32")
    if resize_to is not None:
        scans = tf.image.resize(scans, resize_to).numpy()
        masks = tf.image.resize(masks, resize_to, method="nearest").numpy()
    return scans, keras.utils.to_categorical(masks, 3)


unet = UNetKeras()
x_train, y_train = load(8, 256, resize_to=(128, 128))
unet.fit(x_train, y_train, batch_size=4, epochs=1, verbose=2)
