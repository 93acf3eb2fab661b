import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

size = (32, 32)
photos = np.random.rand(24, 32, 32, 3).astype("float32")
depths = np.random.rand(24, 32, 32, 1).astype("float32")
kinds = np.random.randint(0, 2, 24).astype("float32")

photo_ds = tf.data.Dataset.from_tensor_slices(photos).batch(6)
depth_ds = tf.data.Dataset.from_tensor_slices(depths).batch(6)
label_ds = tf.data.Dataset.from_tensor_slices(kinds).batch(6)
train = tf.data.Dataset.zip((photo_ds, depth_ds, label_ds))

rgb = layers.Input(shape=size + (3,))
depth = layers.Input(shape=size + (1,))


def branch(x):
    for filters in (8, 16):
        x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
        x = layers.MaxPooling2D()(x)
    return layers.GlobalAveragePooling2D()(x)


merged = layers.concatenate([branch(rgb), branch(depth)])
output = layers.Dense(1, activation="sigmoid")(merged)
model = tf.keras.Model(inputs=[rgb, depth], outputs=output)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train, epochs=1)
