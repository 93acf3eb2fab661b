import random

import numpy as np
import tensorflow as tf

INPUT_SHAPE = [3, 5]
NUM_POINTS = 21
BATCH_SIZE = 7


def data_gen(num, in_shape):
    for _ in range(num):
        x = np.random.rand(in_shape[0], in_shape[1])
        y = tf.one_hot(random.randint(0, 2), 3).numpy()
        yield x, y


train = tf.data.Dataset.from_generator(
    lambda: data_gen(NUM_POINTS, INPUT_SHAPE),
    output_types=(tf.float32, tf.int32),
    output_shapes=(tf.TensorShape(INPUT_SHAPE), tf.TensorShape([3])),
)
train = train.batch(BATCH_SIZE)

model = tf.keras.Sequential([
    tf.keras.Input(shape=INPUT_SHAPE),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(100, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.001),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(),
    metrics=[tf.keras.metrics.SparseCategoricalAccuracy()],
)
model.fit(train, epochs=2)
