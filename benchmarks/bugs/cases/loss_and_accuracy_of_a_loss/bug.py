import numpy as np
from tensorflow.keras import layers, models


def load_fashion(count):
    x = np.random.randint(0, 256, (count, 28, 28, 1)).astype("float32") / 255
    y = np.random.randint(0, 10, (count,))
    return (x[: count // 2], y[: count // 2]), (x[count // 2 :], y[count // 2 :])


def make_cnn(filters=(8, 16), classes=10):
    model = models.Sequential()
    model.add(layers.Input((28, 28, 1)))
    for f in filters:
        model.add(layers.Conv2D(f, 3, activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(classes, activation="softmax"))
    return model


def run(experiments):
    (x_train, y_train), (x_test, y_test) = load_fashion(40)
    results = {}
    for name, filters in experiments.items():
        model = make_cnn(filters)
        model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
        model.fit(x_train, y_train, epochs=1, verbose=0)
        loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
        results[name] = accuracy
    return results


print(run({"small": (4, 8), "large": (8, 16)}))
