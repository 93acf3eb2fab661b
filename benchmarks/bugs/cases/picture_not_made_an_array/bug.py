import pathlib
import tempfile

import numpy as np
from PIL import Image
from tensorflow.keras import layers, models
from tensorflow.keras.preprocessing import image

WIDTH, HEIGHT = 178, 218
CLASSES = ("apple", "banana", "pear")


def make_pictures(folder):
    folder = pathlib.Path(folder, "test images")
    folder.mkdir()
    for number in range(1, 4):
        pixels = np.random.randint(0, 256, (240, 200, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02}.jpg")
    return sorted(folder.glob("*.jpg"))


def make_model():
    model = models.Sequential([
        layers.Input((WIDTH, HEIGHT, 3)),
        layers.Rescaling(1 / 255),
        layers.Conv2D(8, 5, strides=3, activation="relu"),
        layers.MaxPooling2D(4),
        layers.Flatten(),
        layers.Dense(len(CLASSES), activation="softmax"),
    ])
    model.compile("adam", "categorical_crossentropy")
    return model


def classify(my_model, path):
    img = image.load_img(path, target_size=(WIDTH, HEIGHT))
    prediction = my_model.predict(img)
    return dict(zip(CLASSES, prediction[0].round(3).tolist()))


with tempfile.TemporaryDirectory() as folder:
    model = make_model()
    for path in make_pictures(folder):
        print(path.name, classify(model, path))
