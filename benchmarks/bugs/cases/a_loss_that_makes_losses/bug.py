import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers


def weighted_bce(positive_weight=5.0):
    def loss(y_true, y_pred):
        y_pred = tf.clip_by_value(y_pred, 1e-7, 1 - 1e-7)
        terms = positive_weight * y_true * tf.math.log(y_pred)
        terms += (1 - y_true) * tf.math.log(1 - y_pred)
        return -tf.reduce_mean(terms, axis=-1)

    return loss


LOSSES = {"bce": "binary_crossentropy", "weighted": weighted_bce}


def tagger(features, tags, loss):
    inputs = Input((features,))
    x = layers.Dense(64, activation="gelu")(inputs)
    model = Model(inputs, layers.Dense(tags, activation="sigmoid")(x))
    model.compile(optimizer="adam", loss=LOSSES[loss])
    return model


x = np.random.rand(32, 20).astype("float32")
y = (np.random.rand(32, 6) > 0.8).astype("float32")
model = tagger(20, 6, "weighted")
model.fit(x, y, epochs=1, verbose=0)
