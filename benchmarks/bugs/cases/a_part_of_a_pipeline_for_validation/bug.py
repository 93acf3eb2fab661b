import numpy as np
import tensorflow as tf

AUTOTUNE = tf.data.AUTOTUNE


def augment(image, label):
    image = tf.image.random_flip_left_right(image)
    return tf.cast(image, tf.float32) / 255.0, label


def make_dataset(images, labels, batch_size):
    ds = tf.data.Dataset.from_tensor_slices((images, labels))
    ds = ds.shuffle(len(images)).map(augment, num_parallel_calls=AUTOTUNE)
    return ds.batch(batch_size).prefetch(AUTOTUNE)


class Classifier:
    def __init__(self, shape, classes):
        self.net = tf.keras.Sequential([
            tf.keras.Input(shape),
            tf.keras.layers.Conv2D(8, 3, activation="relu"),
            tf.keras.layers.GlobalAveragePooling2D(),
            tf.keras.layers.Dense(classes, activation="softmax"),
        ])
        self.net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

    def train(self, ds, epochs=1):
        return self.net.fit(ds, epochs=epochs, validation_split=0.2, verbose=0)


pictures = np.random.randint(0, 256, (20, 24, 24, 3), dtype="uint8")
kinds = np.random.randint(0, 3, 20)
Classifier((24, 24, 3), 3).train(make_dataset(pictures, kinds, 5))
