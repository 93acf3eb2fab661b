import math

import numpy as np
import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping, LearningRateScheduler
from tensorflow.keras.layers import Dense, Dropout, Input
from tensorflow.keras.models import Sequential


def scheduler(epoch, lr):
    """Constant for two epochs, then an exponential decay."""
    if epoch < 2:
        return lr
    return lr * tf.math.exp(-0.1)


def build_model(n_inputs, n_hidden, rate=0.2):
    model = Sequential()
    model.add(Input((n_inputs,)))
    model.add(Dense(n_hidden, activation="relu"))
    model.add(Dropout(rate))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return model


X = np.random.randn(80, 12).astype(np.float32)
Y = (X[:, 0] > 0).astype(np.float32)
clf = build_model(12, 24)
clf.fit(
    X, Y, epochs=4, batch_size=16, verbose=0, validation_split=0.2,
    callbacks=[LearningRateScheduler(scheduler), EarlyStopping(patience=5)],
)
