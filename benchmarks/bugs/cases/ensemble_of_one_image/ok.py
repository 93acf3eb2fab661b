import numpy as np
import tensorflow as tf

N_MODELS = 3
BS = 4


def net(inputs):
    x = tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    x = tf.keras.layers.MaxPooling2D(2)(x)
    return tf.keras.layers.Conv2D(1, 3, padding="same")(x)


def create_image_dataset(images, batch_size, seed, training=False):
    ds = tf.data.Dataset.from_tensor_slices(images).map(lambda im: tf.image.per_image_standardization(im))
    if training:
        ds = ds.shuffle(16, seed=seed)
    return ds.batch(batch_size)


def create_labels_dataset(depth, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices(depth).shuffle(16, seed=seed).batch(batch_size)


image_ds = create_image_dataset(np.random.rand(16, 64, 64, 3), BS, seed=42, training=True)
labels_ds = create_labels_dataset(np.random.rand(16, 32, 32, 1), BS, seed=42)
train_ds = tf.data.Dataset.zip((image_ds, labels_ds)).map(lambda image, depth: ((image,) * N_MODELS, depth))
members = []
inputs = []
for i in range(1, N_MODELS + 1):
    given = tf.keras.layers.Input(shape=[64, 64, 3], name=f"input_{i}")
    inputs.append(given)
    members.append(net(given))
model = tf.keras.Model(inputs, tf.keras.layers.Average()(members))
model.compile("adam", "mae")
model.fit(train_ds, epochs=1)
