import tensorflow as tf
from tensorflow.keras import layers


def build(opt):
    inp = layers.Input(opt.img)
    x, skips = inp, []
    for i, f in enumerate(opt.enc):
        x = layers.Conv2D(f, 3, strides=2 if i else 1, padding="same", activation=opt.act)(x)
        skips.append(x)
    skips.pop()
    for f in opt.dec:
        x = layers.Conv2DTranspose(f, 3, strides=2, padding="same")(x)
        x = layers.Add()([x, skips.pop()])
    return tf.keras.Model(inp, x)
