import numpy as np
import tensorflow as tf

features = np.random.rand(100, 8).astype("float32")
targets = np.random.rand(100, 1).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((features, targets)).shuffle(100).batch(16)
model = tf.keras.Sequential([
    tf.keras.layers.Input((8,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer="sgd", loss="mse")
model.fit(ds, epochs=1)
