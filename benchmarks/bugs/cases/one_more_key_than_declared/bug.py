import numpy as np
import tensorflow as tf
import keras


def forecaster(hours, channels):
    window = keras.Input(shape=(hours, channels), name="input_feature")
    x = keras.layers.Conv1D(8, 5, padding="causal", activation="relu")(window)
    predictions = keras.layers.Dense(1)(x)
    return keras.Model(inputs={"input_feature": window}, outputs=predictions)


def examples(count, hours, channels):
    for n in range(count):
        features = {
            "ignore_feature": np.float32(n),
            "input_feature": np.random.rand(hours, channels).astype("float32"),
        }
        yield features, np.random.rand(hours, 1).astype("float32")


features, targets = zip(*examples(12, 48, 3))
stacked = {key: np.stack([f[key] for f in features]) for key in features[0]}
dataset = tf.data.Dataset.from_tensor_slices((stacked, np.stack(targets))).batch(4)
model = forecaster(48, 3)
model.compile(optimizer="adam", loss="mse")
model.fit(dataset, epochs=1, verbose=0)
