import numpy as np
import keras
from keras import layers, ops


def euclidean_distance_loss(y_true, y_pred):
    return ops.sqrt(ops.sum(ops.square(y_pred - y_true), axis=-1))


model = keras.Sequential([
    keras.Input((12,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(5),
])
model.compile(optimizer="adam", loss=euclidean_distance_loss)
model.fit(np.random.rand(64, 12), np.random.rand(64, 5), batch_size=32, epochs=1)
