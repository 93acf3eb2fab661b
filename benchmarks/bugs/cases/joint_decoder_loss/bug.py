import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input, LeakyReLU, Reshape
from tensorflow.keras.models import Model


def custom_loss():
    def my_loss(y_true, pred):
        first = tf.nn.softmax_cross_entropy_with_logits(labels=y_true[:, :45], logits=pred)
        second = tf.nn.softmax_cross_entropy_with_logits(labels=y_true[:, 45:], logits=pred)
        return tf.reduce_mean(first) + 2 * tf.reduce_mean(second)
    return my_loss


inputs = Input(shape=(135,), name="feature_input")
out1 = LeakyReLU()(Dense(128)(inputs))
out1 = Reshape((9, 5))(Dense(45)(out1))
model = Model(inputs, out1)
model.compile("adam", loss=custom_loss())
model.fit(np.random.rand(32, 135), np.random.rand(32, 90).astype("float32"), verbose=0)
