import tensorflow as tf
from tensorflow.keras import layers as L

IMG = (28, 28, 1)
N_CLASSES = 10
Z = 100


def label_plane(size, n_classes=N_CLASSES):
    y = L.Input((1,), dtype="int32", name=f"label_{size}")
    e = L.Embedding(n_classes, 50)(y)
    e = L.Dense(size * size)(e)
    return y, L.Reshape((size, size, 1))(e)


def make_generator(base=7, widths=(128, 64)):
    z = L.Input((Z,), name="z")
    y, plane = label_plane(base)
    x = L.Dense(base * base * 128)(z)
    x = L.LeakyReLU(0.2)(x)
    x = L.Reshape((base, base, 128))(x)
    x = L.Concatenate()([x, plane])
    for w in widths:
        x = L.Conv2DTranspose(w, 4, strides=2, padding="same")(x)
        x = L.BatchNormalization()(x)
        x = L.LeakyReLU(0.2)(x)
    img = L.Conv2D(IMG[-1], base, padding="same", activation="tanh")(x)
    return tf.keras.Model([z, y], img, name="generator")


def make_discriminator(blocks=((64, 2), (128, 2))):
    img = L.Input(IMG, name="image")
    y, plane = label_plane(IMG[0] // 4)
    x = L.Concatenate(name="image_and_label")([img, plane])
    for filters, stride in blocks:
        x = L.Conv2D(filters, 3, strides=stride, padding="same")(x)
        x = L.LeakyReLU(0.2)(x)
    x = L.Dropout(0.4)(L.Flatten()(x))
    return tf.keras.Model([img, y], L.Dense(1, activation="sigmoid")(x), name="discriminator")


def make_gan(g, d):
    d.trainable = False
    z, y = g.input
    gan = tf.keras.Model(g.input, d([g.output, y]))
    gan.compile(loss="binary_crossentropy", optimizer="adam")
    return gan


def train():
    g, d = make_generator(), make_discriminator()
    return make_gan(g, d)


if __name__ == "__main__":
    train()
