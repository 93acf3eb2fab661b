import keras
import numpy as np
from keras import layers


class Dataloder(keras.utils.PyDataset):
    """Load data from a dataset and form batches."""

    def __init__(self, images, masks, batch_size=1, shuffle=False, **kwargs):
        super().__init__(**kwargs)
        self.images = images
        self.masks = masks
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.indexes = np.arange(len(images))

    def __getitem__(self, i):
        start = i * self.batch_size
        data = []
        for j in range(start, start + self.batch_size):
            k = self.indexes[j]
            data.append((self.images[k] / 255.0, self.masks[k]))
        batch = [np.stack(samples, axis=0) for samples in zip(*data)]
        return tuple(batch)

    def __len__(self):
        return len(self.indexes) // self.batch_size

    def on_epoch_end(self):
        if self.shuffle:
            self.indexes = np.random.permutation(self.indexes)


def Unet(classes, activation, encoder_filters=(4, 8, 8), decoder_filters=(8, 8, 4)):
    inputs = layers.Input((None, None, 3))
    x, skips = inputs, []
    for filters in encoder_filters:
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        skips.append(x)
        x = layers.MaxPooling2D(2, padding="same")(x)
    for i, (filters, skip) in enumerate(zip(decoder_filters, skips[::-1])):
        x = layers.UpSampling2D(2, name=f"decoder_stage{i}_upsampling")(x)
        x = layers.Concatenate(name=f"decoder_stage{i}_concat")([x, skip])
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return keras.Model(inputs, layers.Conv2D(classes, 3, padding="same", activation=activation)(x))


CLASSES = ["road", "car", "sidewalk"]
HEIGHT, WIDTH = 108, 192
model = Unet(classes=len(CLASSES) + 1, activation="softmax")
model.compile(keras.optimizers.Adam(1e-4), "categorical_crossentropy", metrics=["accuracy"])
images = np.random.randint(0, 255, (4, HEIGHT, WIDTH, 3))
masks = keras.utils.to_categorical(np.random.randint(0, len(CLASSES) + 1, (4, HEIGHT, WIDTH)), len(CLASSES) + 1)
train_dataloader = Dataloder(images, masks, batch_size=2, shuffle=True)
history = model.fit(train_dataloader, epochs=1, verbose=0)
