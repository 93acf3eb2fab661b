import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model

samples = 400
train_model_input = np.random.rand(samples, 8).astype("float32")
e = np.random.rand(samples)
d = np.random.rand(samples)
train_target = np.random.randint(0, 2, samples)


def mixed_loss2(para, y_pred):
    d = para[:, 1]
    e = para[:, 0]
    y_true = para[:2]
    y_pred = y_pred[:, 0]
    part1 = -1 * y_true * (tf.math.log(y_pred) - d * y_pred)
    part2 = -(1 - y_true) * tf.math.log(1 + tf.exp(-1 * e * y_pred))
    return part1 + part2


da = np.array([(e[i], d[i], train_target[i]) for i in range(samples)], dtype="float32")

inp = Input((8,))
out = Dense(1, activation="sigmoid", name="prediction")(Dense(16, activation="relu")(inp))
model = Model(inp, out)
model.compile(optimizer="adam", loss=mixed_loss2)
model.fit(train_model_input, da, batch_size=4, epochs=1, verbose=1)
