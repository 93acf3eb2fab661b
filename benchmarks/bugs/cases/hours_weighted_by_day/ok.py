import datetime

import numpy as np
import tensorflow as tf

DAYS, HOURS = 60, 24


def consumption(days):
    start = datetime.date(2019, 1, 1)
    weekend = np.array([(start + datetime.timedelta(day)).weekday() > 4 for day in range(days)])
    x = np.random.rand(days, HOURS, 5)
    y = x.mean(axis=2, keepdims=True) + weekend[:, None, None]
    weights = np.where(weekend[:, None], 0.5, np.linspace(0.1, 1.0, HOURS)[None, :])
    return x, y, weights


def split(arrays, share=0.75):
    count = int(len(arrays[0]) * share)
    return [array[:count] for array in arrays], [array[count:] for array in arrays]


(x, y, weights), (x_test, y_test, weights_test) = split(consumption(DAYS))
model = tf.keras.Sequential([
    tf.keras.layers.Input((HOURS, 5)),
    tf.keras.layers.GRU(8, return_sequences=True),
    tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(1)),
])
model.compile(loss="mae", optimizer="adam")
dataset = tf.data.Dataset.from_tensor_slices((x, y, weights)).shuffle(len(x)).batch(15)
validation = tf.data.Dataset.from_tensor_slices((x_test, y_test, weights_test)).batch(15)
model.fit(dataset, validation_data=validation, epochs=1)
