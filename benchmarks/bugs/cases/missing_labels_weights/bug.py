import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers

n, tasks = 120, 3
x = np.random.rand(n, 10).astype("float32")
y = np.random.rand(n, tasks)
y[::4, 1] = np.nan

# measurements that are missing weigh nothing
sample_weight = np.where(np.isnan(y), 0.0, 1.0)
y = np.nan_to_num(y)

inp = layers.Input(shape=(10,))
shared = layers.Dense(32, activation="relu")(inp)
outs = [layers.Dense(1, name=f"task_{k}")(shared) for k in range(tasks)]
model = Model(inp, outs)
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss="mse")
model.fit(
    x,
    [y[:, k] for k in range(tasks)],
    sample_weight=sample_weight,
    epochs=1,
)
