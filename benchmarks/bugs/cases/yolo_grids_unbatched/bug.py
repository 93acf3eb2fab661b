import functools

import tensorflow as tf
from absl import app, flags

FLAGS = flags.FLAGS
flags.DEFINE_integer("batch_size", 2, "images a step")
flags.DEFINE_integer("classes", 1, "kinds of things")


def load(number, classes):
    image = tf.random.stateless_uniform((96, 96, 3), seed=[number, 1])
    coarse = tf.zeros((3, 3, 3, 5 + classes))
    fine = tf.zeros((6, 6, 3, 5 + classes))
    return image, (coarse, fine)


def dataset(images, batch_size, classes):
    data = tf.data.Dataset.range(images)
    data = data.map(functools.partial(load, classes=classes), num_parallel_calls=tf.data.AUTOTUNE)
    return data.shuffle(images).prefetch(tf.data.AUTOTUNE)


def block(x, filters):
    x = tf.keras.layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
    x = tf.keras.layers.BatchNormalization()(x)
    return tf.keras.layers.LeakyReLU(0.1)(x)


def yolo(classes):
    image = x = tf.keras.Input((96, 96, 3))
    scales = []
    for filters in (8, 16, 32, 64, 64):
        x = block(x, filters)
        scales.append(x)
    outputs = []
    for features in (scales[-1], scales[-2]):
        grid = tf.keras.layers.Conv2D(3 * (5 + classes), 1)(features)
        outputs.append(tf.keras.layers.Reshape((grid.shape[1], grid.shape[2], 3, 5 + classes))(grid))
    return tf.keras.Model(image, outputs)


def main(_):
    model = yolo(FLAGS.classes)
    model.compile(optimizer="adam", loss=["mse", "mse"])
    model.fit(dataset(6, FLAGS.batch_size, FLAGS.classes), epochs=1)


if __name__ == "__main__":
    app.run(main)
