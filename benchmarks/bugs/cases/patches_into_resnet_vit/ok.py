import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

hp = {}
hp["image_size"] = 64
hp["num_channels"] = 3
hp["patch_size"] = 16
hp["num_patches"] = (hp["image_size"] ** 2) // (hp["patch_size"] ** 2)
hp["flat_patches_shape"] = (hp["num_patches"], hp["patch_size"] * hp["patch_size"] * hp["num_channels"])
hp["batch_size"] = 4
hp["class_names"] = ["daisy", "rose", "tulip"]
hp["num_classes"] = len(hp["class_names"])


def parse(number):
    def _parse(number):
        image = np.full((hp["image_size"], hp["image_size"], 3), number % 255) / 255.0
        patches = image.astype(np.float32)
        return patches, np.int32(number % hp["num_classes"])

    patches, labels = tf.numpy_function(_parse, [number], [tf.float32, tf.int32])
    labels = tf.one_hot(labels, hp["num_classes"])
    patches.set_shape((hp["image_size"], hp["image_size"], 3))
    labels.set_shape(hp["num_classes"])
    return patches, labels


def tf_dataset(count, batch):
    ds = tf.data.Dataset.from_tensor_slices(np.arange(count))
    return ds.map(parse).batch(batch).prefetch(8)


def resnet_vit(cf):
    inputs = layers.Input((cf["image_size"], cf["image_size"], cf["num_channels"]))
    x = layers.Conv2D(24, cf["patch_size"], strides=cf["patch_size"])(inputs)
    x = layers.Reshape((cf["num_patches"], 24))(x)
    x = layers.MultiHeadAttention(2, 12)(x, x)
    x = layers.GlobalAveragePooling1D()(x)
    return tf.keras.Model(inputs, layers.Dense(cf["num_classes"], activation="softmax")(x))


if __name__ == "__main__":
    model = resnet_vit(hp)
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    model.fit(tf_dataset(12, hp["batch_size"]), epochs=1)
