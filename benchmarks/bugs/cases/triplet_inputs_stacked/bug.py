import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

def embedding():
    i = layers.Input((28, 28, 1))
    return tf.keras.Model(i, layers.Dense(16)(layers.Flatten()(i)))

net = embedding()
a, p, n = (layers.Input((28, 28, 1)) for _ in range(3))
out = layers.Concatenate()([net(a), net(p), net(n)])
model = tf.keras.Model([a, p, n], out)
model.compile("adam", "mse")
x = np.zeros((10, 28, 28, 1))
model.fit([x, x], np.zeros((10, 48)), epochs=1)
