import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Conv3D, Dense, Flatten, Input, MaxPooling3D, concatenate
from tensorflow.keras.models import Model
from tensorflow.keras.utils import Sequence


class dataGenerator(Sequence):
    """Generates data for Keras."""

    def __init__(self, features, labels, batch_size=4, meanImg=None, dim=(24, 28, 24), maxShift=2, shuffle=True,
                 augment=False, includeScannerGender=True, **kwargs):
        super().__init__(**kwargs)
        self.batch_size = batch_size
        self.features = features
        self.labels = labels
        self.dim = dim
        self.meanImg = meanImg
        self.augment = augment
        self.maxShift = maxShift
        self.shuffle = shuffle
        self.IncludeScannerGender = includeScannerGender
        self.on_epoch_end()

    def __len__(self):
        return int(np.floor(self.features[0].shape[0] / self.batch_size))

    def __getitem__(self, index):
        indexes = self.indexes[index * self.batch_size:(index + 1) * self.batch_size]
        return self.__data_generation(indexes)

    def on_epoch_end(self):
        self.indexes = np.arange(self.features[0].shape[0])
        if self.shuffle:
            np.random.shuffle(self.indexes)

    def __data_generation(self, indexes):
        X = np.empty((self.batch_size, *self.dim, 1))
        for i, index in enumerate(indexes):
            img = np.array(self.features[0][index])
            if self.augment:
                img = np.roll(img, np.random.randint(-self.maxShift, self.maxShift + 1), axis=0)
            X[i] = img - self.meanImg
        y = [self.labels[k] for k in indexes]
        if self.IncludeScannerGender:
            sex = np.array([self.features[1][k] for k in indexes]).reshape(-1, 1)
            scanner = np.array([self.features[2][k] for k in indexes]).reshape(-1, 1)
            return [[X, sex, scanner], [y]]
        return [X], [y]


dim = (24, 28, 24)
images = np.random.rand(12, *dim, 1).astype("float32")
sex, scanner = np.random.randint(0, 2, 12), np.random.randint(0, 2, 12)
ages = np.random.uniform(20, 80, 12)

img, g, s = Input(shape=(*dim, 1)), Input(shape=(1,)), Input(shape=(1,))
x = Conv3D(4, 3, activation="elu")(img)
x = MaxPooling3D(4)(x)
x = Flatten()(x)
x = Dense(16, activation="elu")(concatenate([x, g, s]))
model = Model([img, g, s], Dense(1)(x))
model.compile(loss="mean_absolute_error", optimizer=tf.keras.optimizers.Adam(0.001))
train = dataGenerator([images, sex, scanner], ages, meanImg=images.mean(axis=0), dim=dim, augment=True)
model.fit(train, epochs=1, verbose=0)
