import numpy as np
import tensorflow as tf

N_FEATURES = 8
WINDOW = 24
series = np.random.rand(400, N_FEATURES).astype("float32")
target = series[WINDOW:, 0]
train = tf.keras.utils.timeseries_dataset_from_array(
    series, target, sequence_length=WINDOW, batch_size=16)


def make_model(window, features):
    inputs = tf.keras.Input(shape=(window, features))
    x = tf.keras.layers.Conv1D(16, 3, activation="relu")(inputs)
    x = tf.keras.layers.GRU(16)(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))


model = make_model(WINDOW, N_FEATURES)
model.compile(loss="mse", optimizer="adam")
model.fit(train, epochs=1)
