import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

CATEGORIES = 90


def train_images(index):
    side = 227
    image = np.random.rand(side, side, 3).astype(np.float32)
    label = np.zeros(CATEGORIES, np.uint8)
    label[int(index) % CATEGORIES] = 1
    return image, label


def general_function(func, x, outputs):
    image, label = tf.py_function(func, [x], outputs)
    image.set_shape(tf.TensorShape([227, 227, 3]))
    label.set_shape(tf.TensorShape([CATEGORIES]))
    return image, label


batch_size = 4
ds_train = tf.data.Dataset.range(8).map(
    lambda x: general_function(train_images, x, [tf.float32, tf.uint8])).batch(batch_size)

inputs = tf.keras.Input((227, 227, 3))
x = layers.Conv2D(8, 11, strides=4, activation="relu")(inputs)
x = layers.MaxPooling2D(3, 2)(x)
x = layers.Flatten()(x)
model = tf.keras.Model(inputs, layers.Dense(CATEGORIES, activation="sigmoid")(x))
model.compile("adam", "binary_crossentropy")
model.fit(ds_train, epochs=1)
