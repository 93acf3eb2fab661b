import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

ROWS = COLS = 32


class LesionNet:
    def __init__(self, rows, cols):
        self.rows, self.cols = rows, cols
        self.model = self._build()

    def _build(self):
        inputs = layers.Input((self.rows, self.cols, 1))
        down = layers.Conv2D(8, 3, activation="relu", padding="same")(inputs)
        pooled = layers.MaxPooling2D()(down)
        deep = layers.Conv2D(16, 3, activation="relu", padding="same")(pooled)
        up = layers.concatenate([layers.UpSampling2D()(deep), down])
        mask = layers.Conv2D(1, 1, activation="sigmoid")(up)
        model = keras.Model(inputs, mask)
        model.compile("adam", "binary_crossentropy")
        return model

    def train(self, scans, masks, ratio=20.0):
        weight_map = np.where(masks > 0, ratio, 1.0)
        weight_map = weight_map.reshape(len(masks), self.rows, self.cols)
        return self.model.fit(scans, masks, sample_weight=weight_map, batch_size=5, epochs=1)


net = LesionNet(ROWS, COLS)
scans = np.random.rand(20, ROWS, COLS, 1)
masks = (np.random.rand(20, ROWS, COLS, 1) > 0.9).astype("float32")
net.train(scans, masks)
