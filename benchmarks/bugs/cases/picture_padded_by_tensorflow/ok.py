import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers


def batch_norm(name, x):
    return layers.BatchNormalization(epsilon=1e-5, name=f"bn_{name}")(x)


def conv_block(stage, block, x, kernel, filters, strides=2):
    f1, f2 = filters
    shortcut = layers.Conv2D(f2, 1, strides=strides, name=f"conv_{stage}_{block}_proj")(x)
    shortcut = batch_norm(f"{stage}_{block}_proj", shortcut)
    x = layers.Conv2D(f1, 1, name=f"conv_{stage}_{block}_1")(x)
    x = layers.ReLU()(batch_norm(f"{stage}_{block}_1", x))
    x = layers.ZeroPadding2D(1)(x)
    x = layers.Conv2D(f2, kernel, strides=strides, name=f"conv_{stage}_{block}_2")(x)
    x = batch_norm(f"{stage}_{block}_2", x)
    return layers.ReLU()(layers.add([x, shortcut]))


def open_nsfw(size=64, stages=((16, 32), (32, 64))):
    image = Input((size, size, 3), name="input")
    x = layers.Conv2D(16, 7, strides=2, padding="same")(image)
    for number, filters in enumerate(stages):
        x = conv_block(number, 0, x, 3, filters)
    x = layers.GlobalAveragePooling2D()(x)
    return Model(image, layers.Dense(2, activation="softmax", name="predictions")(x))


model = open_nsfw()
print(model.predict(np.zeros((1, 64, 64, 3)), verbose=0))
