import configparser

import numpy as np
import tensorflow as tf

config = configparser.ConfigParser()
config.read_string("""
[features]
mels = 40
frames = 25

[training]
batch = 4
epochs = 1
""")
MELS = config.getint("features", "mels")
FRAMES = config.getint("features", "frames")


def recordings(count=12, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        frames = rng.normal(size=(FRAMES, MELS)).astype("float32")
        marks = (rng.random(FRAMES) > 0.5).astype("int32")
        for row, mark in zip(frames, marks):
            yield row, mark


dataset = tf.data.Dataset.from_generator(
    recordings,
    output_signature=(
        tf.TensorSpec(shape=(None, MELS), dtype=tf.float32),
        tf.TensorSpec(shape=(None,), dtype=tf.int32),
    ),
)
dataset = dataset.padded_batch(config.getint("training", "batch"), padded_shapes=([None, MELS], [None]))


def build():
    features = tf.keras.Input((None, MELS))
    x = tf.keras.layers.Conv1D(32, 5, padding="same", activation="relu")(features)
    x = tf.keras.layers.GRU(32, return_sequences=True)(x)
    return tf.keras.Model(features, tf.keras.layers.Dense(2, activation="softmax")(x))


model = build()
model.compile("adam", loss="sparse_categorical_crossentropy")
model.fit(dataset, epochs=config.getint("training", "epochs"))
