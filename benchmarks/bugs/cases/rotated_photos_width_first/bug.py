import numpy as np
from tensorflow import keras


def rotate(image, angle):
    return np.rot90(image, k=angle // 180 * 2)


class RotNetDataGenerator(keras.utils.PyDataset):
    def __init__(self, images, input_shape, batch_size=8, **kwargs):
        super().__init__(**kwargs)
        self.images = images
        self.input_shape = input_shape
        self.batch_size = batch_size

    def __len__(self):
        return len(self.images) // self.batch_size

    def __getitem__(self, index):
        batch_x = np.zeros((self.batch_size,) + self.input_shape, dtype="float32")
        batch_y = np.zeros(self.batch_size, dtype="float32")
        for i in range(self.batch_size):
            angle = np.random.randint(360)
            batch_x[i] = rotate(self.images[index * self.batch_size + i], angle)
            batch_y[i] = angle
        return batch_x / 255.0, keras.utils.to_categorical(batch_y, 360)


photos = np.random.randint(0, 255, size=(32, 48, 64, 3))
input_shape = (64, 48, 3)
model = keras.Sequential([
    keras.Input(input_shape),
    keras.layers.Conv2D(16, 3, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.GlobalAveragePooling2D(),
    keras.layers.Dense(360, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(RotNetDataGenerator(photos, input_shape), epochs=1)
