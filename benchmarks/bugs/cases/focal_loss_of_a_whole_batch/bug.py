import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential


def binary_focal_loss(gamma=2.0, alpha=0.25):
    def binary_focal_loss_fixed(y_true, y_pred):
        epsilon = K.epsilon()
        y_true = tf.cast(y_true, tf.float32)
        p = K.clip(y_pred, epsilon, 1.0 - epsilon)
        pt = tf.where(K.equal(y_true, 1), p, 1 - p)
        weight = tf.where(K.equal(y_true, 1), alpha * tf.ones_like(p), (1 - alpha) * tf.ones_like(p))
        cross_entropy = -K.log(pt)
        return K.sum(weight * K.pow(1.0 - pt, gamma) * cross_entropy)

    return binary_focal_loss_fixed


loss = binary_focal_loss()
model = Sequential([Input((10,)), Dense(8, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(loss=loss, optimizer="adam")
x, y = np.random.rand(40, 10), np.random.randint(0, 2, (40, 1))
model.fit(x, y, batch_size=8, epochs=1, verbose=0)
print("losses of a batch:", loss(y[:8], model(x[:8])).shape)
