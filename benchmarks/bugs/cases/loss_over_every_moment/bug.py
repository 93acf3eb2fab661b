import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Dropout, InputLayer
from tensorflow.keras.models import Sequential

cfg = {
    "model": {"neurons": [24, 16], "dropout": 0.2, "activation": "tanh"},
    "data": {"window": 98, "features": 6, "targets": 12},
    "client": {"rows": 32, "batch": 16},
}


def create_keras_model(cfg):
    data, options = cfg["data"], cfg["model"]
    model = Sequential()
    model.add(InputLayer(shape=(data["window"], data["features"])))
    for number, neurons in enumerate(options["neurons"], start=1):
        last = number == len(options["neurons"])
        model.add(LSTM(neurons, activation=options["activation"], return_sequences=not last, name=f"lstm_layer{number}"))
        model.add(Dropout(options["dropout"]))
    model.add(Dense(data["targets"], name="output_layer"))
    return model


def client_data(cfg, seed):
    rng = np.random.default_rng(seed)
    data, client = cfg["data"], cfg["client"]
    x = rng.normal(size=(client["rows"], data["window"], data["features"])).astype("float32")
    y = rng.normal(size=(client["rows"], data["window"], data["targets"])).astype("float32")
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(client["batch"])


def mean_absolute(y_true, y_pred):
    return tf.reduce_mean(tf.abs(y_true - y_pred))


model = create_keras_model(cfg)
model.compile("adam", mean_absolute)
for client in range(3):
    model.fit(client_data(cfg, client), epochs=1, verbose=0)
