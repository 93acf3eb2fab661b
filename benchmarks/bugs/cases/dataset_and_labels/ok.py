import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

images = np.random.rand(24, 32, 32, 3).astype("float32")
labels = np.random.randint(0, 2, 24)
train_ds = tf.data.Dataset.from_tensor_slices((images, labels)).batch(8)
model = tf.keras.Sequential([layers.Input((32, 32, 3)), layers.Flatten(), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
history = model.fit(train_ds, epochs=1)
