import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, GlobalAveragePooling2D, Input
from tensorflow.keras.models import Model


class Iterator:
    """Endless batches of the images of a folder, whose subfolders are the classes."""

    def __init__(self, classes, size, batch_size):
        self.class_indices = {name: number for number, name in enumerate(sorted(classes))}
        self.size, self.batch_size = size, batch_size

    def __call__(self):
        while True:
            numbers = np.random.randint(0, len(self.class_indices), self.batch_size)
            images = np.random.rand(self.batch_size, self.size, self.size, 3)
            yield images, np.eye(len(self.class_indices))[numbers]


class ModelTraining:
    def __init__(self):
        self.__data = None
        self.__builder = None

    def setModelTypeAsSmall(self):
        self.__builder = self.__small

    def setDataDirectory(self, folders):
        self.__data = list(folders)

    def __small(self, num_classes, size):
        image = Input((size, size, 3))
        x = Conv2D(8, 3, strides=2, activation="relu")(image)
        return Model(image, Dense(num_classes, activation="softmax")(GlobalAveragePooling2D()(x)))

    def trainModel(self, num_objects, num_experiments=1, batch_size=8, training_image_size=32):
        model = self.__builder(num_objects, training_image_size)
        model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
        train_generator = Iterator(self.__data, training_image_size, batch_size)
        print(len(train_generator.class_indices), "classes")
        model.fit(train_generator(), steps_per_epoch=2, epochs=num_experiments)
