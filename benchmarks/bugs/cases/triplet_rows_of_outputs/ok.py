import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


def triplet_loss(y_true, y_pred, alpha=0.2):
    anchor, positive, negative = tf.split(y_pred, 3, axis=-1)
    pos_dist = tf.reduce_sum(tf.square(anchor - positive), axis=-1)
    neg_dist = tf.reduce_sum(tf.square(anchor - negative), axis=-1)
    return tf.reduce_sum(tf.maximum(pos_dist - neg_dist + alpha, 0.0))


def face_encoder():
    model = keras.Sequential(name="encoder")
    model.add(layers.Conv2D(16, 7, strides=4, activation="relu"))
    model.add(layers.Conv2D(32, 3, strides=2, activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(128))
    return model


def triplet_model(shape=(160, 160, 3)):
    names = ("anchor", "anchorPositive", "anchorNegative")
    inputs = [layers.Input(shape, name=name) for name in names]
    encoder = face_encoder()
    vectors = [encoder(one) for one in inputs]
    return keras.Model(inputs, layers.Concatenate(axis=-1)(vectors))


model = triplet_model()
model.compile(optimizer="adam", loss=triplet_loss)
faces = [np.random.rand(6, 160, 160, 3) for _ in range(3)]
model.fit(faces, np.zeros((6, 1)), batch_size=2, epochs=1)
