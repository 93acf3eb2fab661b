import keras
import numpy as np


class HDF5ImageGenerator(keras.utils.PyDataset):
    def __init__(self, src, X_key="images", y_key="labels", batch_size=32, labels_encoding="hot", num_classes=None,
                 scaler=True, **kwargs):
        super().__init__(**kwargs)
        self.file = src
        self.X_key = X_key
        self.y_key = y_key
        self.batch_size = batch_size
        self.labels_encoding = labels_encoding
        self.num_classes = num_classes
        self.scaler = scaler
        self._indices = np.arange(len(src[X_key]))

    def __len__(self):
        return int(np.ceil(len(self._indices) / self.batch_size))

    @staticmethod
    def apply_labels_encoding(batch_y, encoding, num_classes):
        if encoding == "hot":
            return keras.utils.to_categorical(batch_y, num_classes=num_classes)
        return batch_y

    def __getitem__(self, index):
        indices = self._indices[index * self.batch_size:(index + 1) * self.batch_size]
        batch_X, batch_y = self.file[self.X_key][indices], self.file[self.y_key][indices]
        if self.scaler:
            batch_X = batch_X.astype("float32") / 255.0
        if self.labels_encoding is not False:
            batch_y = self.apply_labels_encoding(batch_y, self.labels_encoding, self.num_classes)
        return batch_X, batch_y


labels = np.concatenate([np.arange(10).repeat(3), np.arange(9).repeat(3)])
src = {"images": np.random.randint(0, 255, (len(labels), 28, 28, 1)), "labels": labels}
train_gen = HDF5ImageGenerator(src, batch_size=30)

model = keras.Sequential([
    keras.layers.Input((28, 28, 1)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.fit(train_gen, epochs=1, shuffle=False, verbose=0)
