import random
import numpy as np
import tensorflow as tf

INPUT_SHAPE = [3, 5]
NUM_POINTS = 20
BATCH_SIZE = 7


def data_gen(num, in_shape):
    for i in range(num):
        x = np.random.rand(in_shape[0], in_shape[1])
        y = random.randint(0, 2)
        yield x, y


train = tf.data.Dataset.from_generator(
    generator=data_gen,
    args=(NUM_POINTS, INPUT_SHAPE),
    output_types=(tf.float32, tf.int32),
    output_shapes=(tf.TensorShape(INPUT_SHAPE), tf.TensorShape(())),
)
train = train.shuffle(NUM_POINTS).batch(BATCH_SIZE).prefetch(1)

model = tf.keras.Sequential()
model.add(tf.keras.layers.LSTM(10))
model.add(tf.keras.layers.Dense(3, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(train, epochs=1)
