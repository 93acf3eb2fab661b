import numpy as np
import tensorflow as tf
from tensorflow import keras

CLASSES = ["corner", "goal", "centre"]


def resize(photo, size):
    step = photo.shape[0] / size
    rows = (np.arange(size) * step).astype(int)
    return photo[rows][:, rows]


def augmentation(size):
    def apply(image, mask):
        return {"image": resize(image, size), "mask": mask}

    return apply


class Dataset:
    def __init__(self, count, classes, augment=None, preprocess=None):
        self.ids = list(range(count))
        self.class_values = [CLASSES.index(name) for name in classes]
        self.augment, self.preprocess = augment, preprocess

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, i):
        rng = np.random.default_rng(self.ids[i])
        image = rng.integers(0, 255, (80, 80, 3)).astype("float32")
        mask = rng.integers(0, len(CLASSES) + 1, (80, 80))
        masks = [(mask == v) for v in self.class_values]
        mask = np.stack(masks, axis=-1).astype("float")
        if mask.shape[-1] != 1:
            background = 1 - mask.sum(axis=-1, keepdims=True)
            mask = np.concatenate((mask, background), axis=-1)
        if self.augment:
            sample = self.augment(image=image, mask=mask)
            image, mask = sample["image"], sample["mask"]
        if self.preprocess:
            image = self.preprocess(image)
        return image, mask


class Dataloader(keras.utils.Sequence):
    def __init__(self, dataset, batch_size=1, shuffle=False):
        super().__init__()
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        self.indexes = np.arange(len(dataset))

    def __getitem__(self, i):
        data = [self.dataset[j] for j in self.indexes[i * self.batch_size:(i + 1) * self.batch_size]]
        return tuple(np.stack(samples, axis=0) for samples in zip(*data))

    def __len__(self):
        return len(self.indexes) // self.batch_size


def dice_loss(y_true, y_pred, smooth=1e-5):
    intersection = tf.reduce_sum(y_true * y_pred, axis=(1, 2))
    union = tf.reduce_sum(y_true + y_pred, axis=(1, 2))
    return 1.0 - tf.reduce_mean((2.0 * intersection + smooth) / (union + smooth), axis=-1)


inputs = keras.Input((48, 48, 3))
x = keras.layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = keras.layers.Conv2D(len(CLASSES) + 1, 1, activation="softmax")(x)
model = keras.Model(inputs, x)
model.compile("adam", dice_loss)
train = Dataset(6, CLASSES, augmentation(48), lambda image: image / 255.0)
model.fit(Dataloader(train, batch_size=2, shuffle=True), epochs=1)
