import keras
from keras import layers


def residual(x, filters, down):
    stride = 2 if down else 1
    shortcut = x
    x = layers.Conv1D(filters, 3, strides=stride, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv1D(filters, 3, padding="same")(x)
    if down:
        shortcut = layers.Conv1D(filters, 1, strides=2, padding="same")(shortcut)
    return layers.ReLU()(layers.add([x, shortcut]))


def network(length, filters=(32, 32, 64)):
    inputs = keras.Input((length, 1))
    x = layers.Conv1D(filters[0], 7, padding="same")(inputs)
    for index, width in enumerate(filters):
        x = residual(x, width, down=index > 0)
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(5, activation="softmax")(x))


network(256).summary()
