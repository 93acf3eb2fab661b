import logging

import numpy as np
import tensorflow as tf

logger = tf.get_logger()
logger.setLevel(logging.ERROR)

celsius_q = np.array([-40, -10, 0, 8, 15, 22, 38], dtype=float)
fahrenheit_a = np.array([-40, 14, 32, 46, 59, 72, 100], dtype=float)


def make(units=(4, 4)):
    hidden = [tf.keras.layers.Dense(n) for n in units]
    model = tf.keras.Sequential([tf.keras.layers.Input((1,)), *hidden, tf.keras.layers.Dense(1)])
    model.compile(loss="mean_squared_error", optimizer=tf.keras.optimizers.Adam(0.1))
    return model


for i, c in enumerate(celsius_q):
    print("{} degrees Celsius = {} degrees Fahrenheit".format(c, fahrenheit_a[i]))
model = make()
history = model.fit(celsius_q, fahrenheit_a, epochs=5, verbose=False)
print(model.predict([100.0]))
print("These are the l0 variables: {}".format(len(model.layers)))
