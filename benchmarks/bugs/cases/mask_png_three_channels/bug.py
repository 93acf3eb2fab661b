import tensorflow as tf
from tensorflow.keras import layers

IMG = 64


def read_pair(image_path, mask_path):
    image = tf.io.decode_png(tf.io.read_file(image_path), channels=3)
    image = tf.image.resize(image, (IMG, IMG)) / 255.0
    mask = tf.io.decode_png(tf.io.read_file(mask_path), channels=3)
    mask = tf.image.resize(mask, (IMG, IMG), method="nearest")
    mask = tf.cast(mask > 127, tf.float32)
    return image, mask


def make_dataset(images, masks, batch=2):
    ds = tf.data.Dataset.from_tensor_slices((images, masks))
    return ds.map(read_pair, num_parallel_calls=tf.data.AUTOTUNE).batch(batch).prefetch(tf.data.AUTOTUNE)


def conv_block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    return layers.Activation("relu")(layers.BatchNormalization()(x))


def build():
    inputs = layers.Input((IMG, IMG, 3))
    c1 = conv_block(inputs, 8)
    c2 = conv_block(layers.MaxPooling2D()(c1), 16)
    u1 = layers.Conv2DTranspose(8, 2, strides=2)(c2)
    c3 = conv_block(layers.Concatenate()([u1, c1]), 8)
    return tf.keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(c3))


files = ["photo.png"] * 4
train = make_dataset(files, ["mask.png"] * 4)
model = build()
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["acc"])
model.fit(train, epochs=1)
