import numpy as np
import tensorflow as tf
from tensorflow import keras


def _pairwise_distances(embeddings):
    dot_product = tf.matmul(embeddings, embeddings, transpose_b=True)
    square_norm = tf.linalg.diag_part(dot_product)
    distances = square_norm[None, :] - 2.0 * dot_product + square_norm[:, None]
    return tf.maximum(distances, 0.0)


def _get_anchor_positive_triplet_mask(labels):
    indices_equal = tf.cast(tf.eye(tf.shape(labels)[0]), tf.bool)
    labels_equal = tf.equal(tf.expand_dims(labels, 0), tf.expand_dims(labels, 1))
    return tf.logical_and(tf.logical_not(indices_equal), labels_equal)


def _get_anchor_negative_triplet_mask(labels):
    return tf.logical_not(tf.equal(tf.expand_dims(labels, 0), tf.expand_dims(labels, 1)))


def batch_hard_triplet_loss(labels, embeddings, margin=0.5):
    pairwise_dist = _pairwise_distances(embeddings)
    mask_anchor_positive = tf.cast(_get_anchor_positive_triplet_mask(labels), tf.float32)
    anchor_positive_dist = mask_anchor_positive * pairwise_dist
    hardest_positive_dist = tf.reduce_max(anchor_positive_dist, axis=1, keepdims=True)
    mask_anchor_negative = tf.cast(_get_anchor_negative_triplet_mask(labels), tf.float32)
    max_anchor_negative_dist = tf.reduce_max(pairwise_dist, axis=1, keepdims=True)
    anchor_negative_dist = pairwise_dist + max_anchor_negative_dist * (1.0 - mask_anchor_negative)
    hardest_negative_dist = tf.reduce_min(anchor_negative_dist, axis=1, keepdims=True)
    return tf.reduce_mean(tf.maximum(hardest_positive_dist - hardest_negative_dist + margin, 0.0))


def triplet_loss(y_true, y_pred):
    return batch_hard_triplet_loss(y_true, y_pred)


images = np.random.rand(64, 28, 28).astype("float32")
labels = np.random.randint(0, 10, (64, 1))
model = keras.Sequential([
    keras.layers.Input((28, 28)),
    keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16),
    keras.layers.UnitNormalization(),
])
model.compile("adam", loss=triplet_loss)
model.fit(images, labels, batch_size=16, epochs=1, verbose=0)
mask = _get_anchor_positive_triplet_mask(tf.constant(labels[:16]))
