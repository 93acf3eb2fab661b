import tensorflow as tf
from tensorflow.keras import layers


def resnet(cfg):
    inp = layers.Input((cfg.image, cfg.image, 3))
    x = layers.Conv2D(cfg.width, 3, padding="same")(inp)
    for _ in range(cfg.stages):
        y = layers.Conv2D(cfg.skip, 3, padding="same", activation="relu")(x)
        x = layers.Add()([x, y])
    return tf.keras.Model(inp, layers.GlobalMaxPooling2D()(x))
