import tensorflow as tf
from tensorflow import keras


def prepare(flatten=True):
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    x_train = x_train / 255
    x_test = x_test / 255
    if flatten:
        x_train = x_train.reshape(len(x_train), 28 * 28)
        x_test = x_test.reshape(len(x_test), 28 * 28)
    return {"train": (x_train, y_train), "test": (x_test, y_test)}


def digits_model(hidden=100):
    return keras.Sequential([
        keras.layers.Input((784,)),
        keras.layers.Dense(hidden, activation="relu"),
        keras.layers.Dense(10, activation="sigmoid"),
    ])


data = prepare()
model = digits_model()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
images, labels = data["train"]
model.fit(images, labels, epochs=1, batch_size=512)
expected = data["test"][1]
model.evaluate(data["test"][0], expected)
