import keras

STACK = [
    {"units": 20, "return_sequences": True},
    {"units": 10, "return_state": True},
]


def build(steps, features, classes):
    model = keras.Sequential(name="classifier")
    model.add(keras.Input(shape=(steps, features)))
    for options in STACK:
        model.add(keras.layers.LSTM(**options))
        model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(classes, activation="softmax"))
    return model


build(5, 10, 3).summary()
