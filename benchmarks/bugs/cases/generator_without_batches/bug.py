import numpy as np
import pandas as pd
import tensorflow as tf

frame = pd.DataFrame(np.random.rand(60, 3), columns=["x", "y", "z"])
frame["target"] = (frame["x"] > 0.5).astype(int)
frame.to_csv("test.csv", index=False)


def generator(path, chunk=20):
    for part in pd.read_csv(path, chunksize=chunk):
        for _, row in part.iterrows():
            features = row[["x", "y", "z"]].values.astype("float32")
            label = np.int32(row["target"])
            yield features, label


dataset = tf.data.Dataset.from_generator(
    lambda: generator("test.csv"),
    output_signature=(
        tf.TensorSpec(shape=(3,), dtype=tf.float32),
        tf.TensorSpec(shape=(), dtype=tf.int32),
    ),
)
model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(3,)),
    tf.keras.layers.Dense(10, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(dataset, epochs=1, verbose=0)
