import numpy as np
from tensorflow.keras import layers, models
from tensorflow.keras.preprocessing import image

IMAGE = 200


def classifier():
    model = models.Sequential([
        layers.Input((IMAGE, IMAGE, 1)),
        layers.Conv2D(4, (3, 3), activation="relu"),
        layers.MaxPooling2D(4),
        layers.Flatten(),
        layers.Dense(5, activation="softmax"),
    ])
    model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
    return model


def load(path):
    img = image.load_img(path, target_size=(IMAGE, IMAGE), color_mode="grayscale")
    pixels = image.img_to_array(img) / 255.0
    return np.expand_dims(pixels, axis=0)


flowers = classifier()
result = flowers.predict(load("flower.png"))
print(np.argmax(result[0]))
