import argparse

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--num_classes", type=int, default=80, help="number of classes in the model")
parser.add_argument("--batch_size", type=int, default=8)
parser.add_argument("--epochs", type=int, default=1)
FLAGS = parser.parse_args()


def load_dataset(count=64):
    images = np.random.rand(count, 52, 52, 3).astype("float32")
    # the record was labelled with the numbers of COCO
    labels = np.full((count, 1), 67)
    return tf.data.Dataset.from_tensor_slices((images, labels))


def make_model(classes):
    x = inputs = tf.keras.layers.Input([52, 52, 3])
    for filters in (8, 16, 32):
        x = tf.keras.layers.Conv2D(filters, 3, strides=2, padding="same")(x)
        x = tf.keras.layers.LeakyReLU(0.1)(x)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(classes, activation="softmax")(x))


model = make_model(FLAGS.num_classes)
model.compile(
    optimizer=tf.keras.optimizers.Adam(1e-3),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(),
)
model.fit(load_dataset().batch(FLAGS.batch_size), epochs=FLAGS.epochs)
