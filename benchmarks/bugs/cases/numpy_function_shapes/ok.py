import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

NAMES = [f"scan_{k}" for k in range(12)]


def read_scan(name, label):
    rng = np.random.default_rng(len(name))
    volume = rng.normal(size=(32, 32, 4)).astype(np.float32)
    return volume, np.float32(label)


def load(name, label):
    volume, label = tf.numpy_function(read_scan, [name, label], [tf.float32, tf.float32])
    volume.set_shape((32, 32, 4))
    label.set_shape(())
    return volume, label


labels = [k % 2 for k in range(12)]
dataset = tf.data.Dataset.from_tensor_slices((NAMES, labels)).map(load).batch(4)
model = tf.keras.Sequential([
    layers.Input((32, 32, 4)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(dataset, epochs=1)
