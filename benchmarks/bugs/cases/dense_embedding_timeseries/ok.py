import numpy as np
import keras
from keras import layers

values = np.random.rand(300, 7)
ds = keras.utils.timeseries_dataset_from_array(values, values[24:, 0], sequence_length=24, batch_size=16)
model = keras.Sequential([keras.Input((24, 7)), layers.LSTM(8), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(ds, epochs=1)
