import numpy as np
import keras
from keras import layers, ops

def rmse(y_true, y_pred):
    return ops.sqrt(ops.mean(ops.square(y_pred - y_true)))

model = keras.Sequential([keras.Input((24, 3)), layers.Conv1D(8, 3, padding="valid"), layers.Dense(2)])
model.compile(optimizer="adam", loss=rmse)
x = np.ones((10, 24, 3), dtype="float32")
y = np.ones((10, 24, 2), dtype="float32")
model.fit(x, y, batch_size=5)
