import os
import tempfile

import numpy as np
import tensorflow as tf

folder = tempfile.mkdtemp()
for i in range(6):
    pixels = np.random.randint(0, 255, (64 + 2 * i, 80, 3)).astype("uint8")
    tf.io.write_file(os.path.join(folder, f"{i}.jpg"), tf.io.encode_jpeg(pixels))


def load(path):
    return tf.io.decode_jpeg(tf.io.read_file(path), channels=3)


def crop_quadrant(x):
    """One of the four quarters of the picture, by chance."""
    nrows, ncols = tf.shape(x)[0], tf.shape(x)[1]
    row = tf.random.uniform([], 0, 2, tf.int32)
    col = tf.random.uniform([], 0, 2, tf.int32)
    height, width = nrows // 2, ncols // 2
    return tf.image.crop_to_bounding_box(x, row * height, col * width, height, width)


def prepare(x):
    x = tf.image.resize(x, (32, 32)) / 255.0
    return x, x


files = tf.data.Dataset.list_files(os.path.join(folder, "*.jpg"))
dataset = files.map(load).map(crop_quadrant).map(prepare).batch(3)

autoencoder = tf.keras.Sequential([
    tf.keras.Input((32, 32, 3)),
    tf.keras.layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
    tf.keras.layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="sigmoid"),
])
autoencoder.compile("adam", "mse")
autoencoder.fit(dataset, epochs=1, verbose=0)
