import functools

import keras
from keras import layers, ops


def res_unit(x, filters, kernel, index):
    out = x
    for i in range(2):
        out = layers.Conv1D(filters, kernel, padding="same", name=f"unit_{index}_{i}")(out)
        out = layers.BatchNormalization()(out)
        out = layers.ReLU()(out)
    return ops.add(x, out)


def pooled(x):
    return layers.MaxPooling1D(3, strides=2, padding="same")(x)


def vdcnn(length=1024, alphabet=70, filters=(64, 128, 256), kernel=3):
    text = keras.Input((length,), dtype="int32")
    x = layers.Embedding(alphabet, 16)(text)
    x = layers.Conv1D(filters[0], kernel, padding="same")(x)
    units = [functools.partial(res_unit, filters=f, kernel=kernel, index=i) for i, f in enumerate(filters)]
    for unit in units:
        x = pooled(unit(x))
    x = layers.GlobalMaxPooling1D()(x)
    return keras.Model(text, layers.Dense(4, activation="softmax")(x))


vdcnn().summary()
