import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

ids = np.arange(40).reshape(40, 1)
vals = np.random.rand(40, 3).astype("float32")
labels = np.random.rand(40, 1).astype("float32")
ds = tf.data.Dataset.from_tensor_slices(({"ids": ids, "vals": vals}, labels)).batch(10)
i = layers.Input((1,), name="ids", dtype="int32")
v = layers.Input((3,), name="vals")
h = layers.Concatenate()([layers.Flatten()(layers.Embedding(50, 4)(i)), v])
model = tf.keras.Model([i, v], layers.Dense(1)(h))
model.compile("adam", "mse")
model.fit(ds, epochs=1)
