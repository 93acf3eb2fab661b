import numpy as np
import tensorflow as tf

CLASSES = 6
TILE = 16


def tiles():
    for number in range(6):
        image = np.random.rand(TILE, TILE, 3).astype("float32")
        label = np.full((TILE, TILE), number, "int32")
        yield image, label


def make_dataset(batch_size):
    signature = (tf.TensorSpec((TILE, TILE, 3), tf.float32), tf.TensorSpec((TILE, TILE), tf.int32))
    return tf.data.Dataset.from_generator(tiles, output_signature=signature).batch(batch_size)


def make_model():
    image = tf.keras.Input((TILE, TILE, 3))
    x = tf.keras.layers.Conv2D(CLASSES, 1)(image)
    return tf.keras.Model(image, x)


def compute_dataset_cm(model, ds, normalize=False):
    total_cm = tf.zeros((CLASSES, CLASSES), tf.int32)
    for images, labels in ds:
        pred = tf.argmax(model(images)[..., :2], axis=-1, output_type=tf.int32)
        total_cm += tf.math.confusion_matrix(tf.reshape(labels, [-1]), tf.reshape(pred, [-1]), num_classes=CLASSES)
    if normalize:
        total_cm = total_cm / tf.reduce_sum(total_cm, axis=1, keepdims=True)
    return total_cm


print(compute_dataset_cm(make_model(), make_dataset(2)).numpy())
