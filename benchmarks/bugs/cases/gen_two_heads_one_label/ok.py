import numpy as np
import tensorflow as tf

FEATURES = 16


def samples():
    rng = np.random.default_rng(0)
    for _ in range(64):
        x = rng.normal(size=FEATURES).astype("float32")
        yield x, (np.array([x.sum()], "float32"), np.array([x.mean()], "float32"))


signature = (
    tf.TensorSpec(shape=(FEATURES,), dtype=tf.float32),
    (tf.TensorSpec(shape=(1,), dtype=tf.float32), tf.TensorSpec(shape=(1,), dtype=tf.float32)),
)
dataset = tf.data.Dataset.from_generator(samples, output_signature=signature).batch(8)

inputs = tf.keras.Input(shape=(FEATURES,))
hidden = tf.keras.layers.Dense(32, activation="relu")(inputs)
total = tf.keras.layers.Dense(1, name="total")(hidden)
mean = tf.keras.layers.Dense(1, name="mean")(hidden)
model = tf.keras.Model(inputs, [total, mean])
model.compile(optimizer="adam", loss=["mse", "mae"])
model.fit(dataset, epochs=1)
