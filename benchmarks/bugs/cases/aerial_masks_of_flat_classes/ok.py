import math
import os
import tempfile

import numpy as np
import tensorflow as tf
from PIL import Image
from tensorflow.keras import layers

COLOURS = [(0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255)]
SIDE = 64


def write_samples(folder, count=8):
    for number in range(count):
        image = np.random.randint(0, 255, (SIDE, SIDE, 3), dtype=np.uint8)
        mask = np.array(COLOURS, dtype=np.uint8)[np.random.randint(0, len(COLOURS), (SIDE, SIDE))]
        Image.fromarray(image).save(os.path.join(folder, f"{number:03}_image.png"))
        Image.fromarray(mask).save(os.path.join(folder, f"{number:03}_mask.png"))


class AerialSequence(tf.keras.utils.Sequence):
    def __init__(self, folder, batch_size=2, classes=len(COLOURS)):
        super().__init__()
        names = sorted(os.listdir(folder))
        self.images = [os.path.join(folder, n) for n in names if n.endswith("_image.png")]
        self.masks = [n.replace("_image", "_mask") for n in self.images]
        self.batch_size, self.classes = batch_size, classes

    def __len__(self):
        return math.ceil(len(self.images) / self.batch_size)

    def __getitem__(self, index):
        part = slice(index * self.batch_size, (index + 1) * self.batch_size)
        images, masks = self.images[part], self.masks[part]
        batch_x = np.zeros((len(images), SIDE, SIDE, 3), dtype="float32")
        batch_y = np.zeros((len(images), SIDE, SIDE, self.classes), dtype="float32")
        for place, (image, mask) in enumerate(zip(images, masks)):
            batch_x[place] = np.asarray(Image.open(image).convert("RGB")) / 255.0
            colours = np.asarray(Image.open(mask).convert("RGB"))
            one_hot = np.stack([np.all(colours == c, axis=-1) for c in COLOURS], axis=-1)
            batch_y[place] = one_hot
        return batch_x, batch_y


with tempfile.TemporaryDirectory() as folder:
    write_samples(folder)
    model = tf.keras.Sequential([
        tf.keras.Input((SIDE, SIDE, 3)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(len(COLOURS), 1, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(AerialSequence(folder), epochs=1)
