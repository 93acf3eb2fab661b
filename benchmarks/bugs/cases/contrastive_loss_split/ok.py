import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin = 1.0
    y_true = tf.cast(y_true, y_pred.dtype)
    return K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(margin - y_pred, 0)))

a, b = layers.Input((8,)), layers.Input((8,))
shared = layers.Dense(4)
d = layers.Lambda(lambda t: tf.abs(t[0] - t[1]))([shared(a), shared(b)])
model = Model([a, b], layers.Dense(2)(d))
model.compile(optimizer="adam", loss=contrastive_loss)
x = np.zeros((12, 8))
model.fit([x, x], np.zeros((12, 2)), epochs=1)
