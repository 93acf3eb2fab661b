import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

S, B, C = 7, 2, 20


def yolo_loss(y_true, y_pred):
    depth = C + 5
    y_true = tf.reshape(y_true, (-1, S, S, depth))
    y_pred = tf.reshape(y_pred, (-1, S, S, C + B * 5))
    has_object = y_true[..., C:C + 1]
    classes = tf.reduce_sum(tf.square(y_true[..., :C] - y_pred[..., :C]), axis=-1, keepdims=True)
    best = y_pred[..., C:C + 1]
    confidence = tf.square(has_object - best)
    return tf.reduce_sum(has_object * classes + confidence, axis=(1, 2, 3))


model = tf.keras.Sequential([
    layers.Input((64, 64, 3)),
    layers.Conv2D(16, 7, strides=4, padding="same"),
    layers.LeakyReLU(0.1),
    layers.GlobalAveragePooling2D(),
    layers.Dense(S * S * (C + B * 5)),
])
model.compile("sgd", loss=yolo_loss)
labels = np.zeros((16, S, S, C + 5), dtype="float32")
model.fit(np.zeros((16, 64, 64, 3)), labels, batch_size=8, epochs=1)
