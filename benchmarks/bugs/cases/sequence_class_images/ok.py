import numpy as np
from tensorflow.keras.utils import Sequence
from tensorflow.keras import layers, models

class Gen(Sequence):
    def __init__(self, images, masks, batch_size=4):
        super().__init__()
        self.images, self.masks, self.batch_size = images, masks, batch_size

    def __len__(self):
        return int(np.ceil(len(self.images) / self.batch_size))

    def __getitem__(self, idx):
        lo = idx * self.batch_size
        x = self.images[lo:lo + self.batch_size]
        y = self.masks[lo:lo + self.batch_size]
        return np.array(x), np.array(y)

images = np.zeros((12, 32, 32, 3))
masks = np.zeros((12, 32, 32, 1))
inp = layers.Input((32, 32, 3))
x = layers.Conv2D(4, 3, padding="same", activation="relu")(inp)
model = models.Model(inp, layers.Conv2D(1, 1, activation="sigmoid")(x))
model.compile("adam", "binary_crossentropy")
model.fit(Gen(images, masks), epochs=1)
