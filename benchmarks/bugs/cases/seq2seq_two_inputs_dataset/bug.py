import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

src = np.random.randint(0, 50, (64, 12))
tgt = np.random.randint(0, 60, (64, 10))
enc = layers.Input((12,), name="src")
dec = layers.Input((9,), name="tgt")
e = layers.Embedding(50, 16)(enc)
_, h, c = layers.LSTM(32, return_state=True)(e)
d = layers.Embedding(60, 16)(dec)
d = layers.LSTM(32, return_sequences=True)(d, initial_state=[h, c])
out = layers.Dense(60, activation="softmax")(d)
model = tf.keras.Model([enc, dec], out)
model.compile("adam", "sparse_categorical_crossentropy")
ds = tf.data.Dataset.from_tensor_slices(((src, tgt[:, :-1]), tgt[:, :-2])).batch(8)
model.fit(ds, epochs=1)
