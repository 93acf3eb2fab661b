import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input


def windows(signal, width=64, step=16):
    return np.stack([signal[i:i + width] for i in range(0, len(signal) - width + 1, step)])


source = np.random.randn(1024)
target = np.random.randn(960)
source_x = windows(source)
target_x = windows(np.pad(target, (0, 64)))
source_y = tf.keras.utils.to_categorical(np.random.randint(0, 4, len(source_x)), 4)


class MMD(tf.keras.layers.Layer):
    def call(self, inputs):
        a, b = inputs
        delta = tf.reduce_mean(a, axis=0) - tf.reduce_mean(b, axis=0)
        self.add_loss(tf.reduce_sum(tf.square(delta)))
        return a


s_in, t_in = Input((64,)), Input((64,))
shared = Dense(32, activation="relu")
feature = MMD()([shared(s_in), shared(t_in)])
model = tf.keras.Model([s_in, t_in], Dense(4, activation="softmax")(feature))
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
history = model.fit([source_x, target_x], source_y, batch_size=16, epochs=1)
