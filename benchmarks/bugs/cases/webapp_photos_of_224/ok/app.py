import numpy as np
import util
from tensorflow.keras import Sequential, layers

TARGET = (150, 150)
model = Sequential([
    layers.Input((150, 150, 3)),
    layers.Conv2D(8, 3, strides=3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(1, activation="sigmoid"),
])


def model_predict(img, model):
    img = util.np_to_photo(img, TARGET)
    x = util.img_to_array(img)
    x = np.expand_dims(x, axis=0)
    x = x / 127.5 - 1.0
    return model.predict(x, verbose=0)


ROUTES = {}


def route(path):
    def add(function):
        ROUTES[path] = function
        return function

    return add


@route("/predict")
def predict(pixels):
    preds = model_predict(pixels, model)
    return {"probability": "{:.3f}".format(np.amax(preds))}


if __name__ == "__main__":
    print(ROUTES["/predict"](np.random.randint(0, 255, (300, 400, 3))))
