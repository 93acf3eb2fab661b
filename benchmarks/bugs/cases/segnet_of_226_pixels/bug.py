import os
import tensorflow as tf
from tensorflow.keras.layers import *
from tensorflow.keras import Model


def parse_function(sample, resize_to=(226, 226), augment=True):
    image = tf.image.convert_image_dtype(sample["image"], tf.float32)
    image = tf.image.resize(image, resize_to)
    gt = tf.cast(sample["label"], tf.int32)
    gt = tf.image.resize(gt, resize_to, method="nearest")
    if augment:
        if tf.random.uniform(()) < 0.5:
            image, gt = tf.image.flip_left_right(image), tf.image.flip_left_right(gt)
        image = tf.clip_by_value(tf.image.random_brightness(image, 0.1), 0, 1)
    return image, gt


def segnet_conv(inputs, filters=(16, 32, 64), kernel_size=3):
    x = inputs
    for n in filters:
        for _ in range(2):
            x = Conv2D(n, kernel_size, padding="same")(x)
            x = BatchNormalization()(x)
            x = Activation("relu")(x)
        x = MaxPool2D(2, strides=2)(x)
    return x


def segnet_deconv(x, filters=(64, 32, 16), kernel_size=3):
    for n in filters:
        x = UpSampling2D(2)(x)
        x = Conv2D(n, kernel_size, padding="same")(x)
        x = BatchNormalization()(x)
        x = Activation("relu")(x)
    return x


def classifier(x, num_classes):
    x = Conv2D(num_classes, 1, padding="same")(x)
    return Activation("softmax")(x)


def segnet(inputs, num_classes):
    return Model(inputs, classifier(segnet_deconv(segnet_conv(inputs)), num_classes))


raw = tf.data.Dataset.from_tensor_slices({
    "image": tf.cast(tf.random.uniform((4, 120, 150, 3), 0, 255), tf.uint8),
    "label": tf.cast(tf.random.uniform((4, 120, 150, 1), 0, 5), tf.uint8),
})
dataset = raw.map(parse_function).batch(2)
model = segnet(Input(shape=(226, 226, 3)), 5)
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
model.fit(dataset, epochs=1)
