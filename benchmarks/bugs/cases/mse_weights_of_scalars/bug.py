import numpy as np
import tensorflow as tf

METRICS = {
    "accuracy": tf.keras.metrics.BinaryAccuracy(),
    "mse": tf.keras.metrics.MeanSquaredError(),
}


def report(truth, guess, weight):
    shown = {}
    for name, metric in METRICS.items():
        if name == "mse":
            truth, guess = np.array(truth), np.array(guess)
            metric.update_state(truth, guess, sample_weight=np.array(weight))
        else:
            metric.update_state(np.array(truth)[:, None], np.array(guess)[:, None])
        shown[name] = float(metric.result())
    return shown


rows = np.array([[0.0, 1.0, 1], [0.0, 1.0, 1], [1.0, 1.0, 1], [1.0, 0.0, 0]])
print(report(rows[:, 0], rows[:, 1], rows[:, 1:]))
