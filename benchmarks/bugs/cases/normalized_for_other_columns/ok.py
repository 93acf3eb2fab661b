import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

COLUMNS = ["MPG", "Cylinders", "Displacement", "Horsepower", "Weight", "Acceleration"]


def load(rows=60):
    return pd.DataFrame(np.random.rand(rows, len(COLUMNS)) * 100, columns=COLUMNS)


def build_and_compile_model(norm):
    model = tf.keras.Sequential([
        norm,
        layers.Dense(64, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(1),
    ])
    model.compile(loss="mean_absolute_error", optimizer=tf.keras.optimizers.Adam(0.001))
    return model


dataset = load()
normalizer = layers.Normalization(axis=-1)
features = dataset.copy()
labels = features.pop("MPG")
normalizer.adapt(np.array(features))
dnn_model = build_and_compile_model(normalizer)
dnn_model.fit(np.array(features), np.array(labels), epochs=1, verbose=0)
