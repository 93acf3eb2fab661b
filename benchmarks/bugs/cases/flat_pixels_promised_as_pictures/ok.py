import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

SIDE, CLASSES = 24, 4


def samples():
    for number in range(32):
        picture = np.random.rand(SIDE, SIDE)
        label = np.zeros(CLASSES)
        label[number % CLASSES] = 1.0
        yield picture.reshape(SIDE, SIDE, 1), label


dataset = tf.data.Dataset.from_generator(
    samples,
    output_signature=(
        tf.TensorSpec(shape=(SIDE, SIDE, 1), dtype=tf.float32),
        tf.TensorSpec(shape=(CLASSES,), dtype=tf.float32),
    ),
).batch(8)

model = tf.keras.Sequential([
    layers.Input((SIDE, SIDE, 1)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(CLASSES, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(dataset, epochs=1, verbose=0)
