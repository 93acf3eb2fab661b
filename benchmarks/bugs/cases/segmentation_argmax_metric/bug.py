import tensorflow as tf
import numpy as np

def load(img, mask):
    img = tf.image.resize(img, (64, 64))
    mask = tf.image.resize(mask, (32, 32), method="nearest")
    return img, mask

imgs = np.zeros((6, 100, 100, 3), "float32")
masks = np.zeros((6, 100, 100, 1), "int32")
ds = tf.data.Dataset.from_tensor_slices((imgs, masks)).map(load, num_parallel_calls=tf.data.AUTOTUNE).batch(2).prefetch(1)
inp = tf.keras.Input((64, 64, 3))
out = tf.keras.layers.Conv2D(3, 1, activation="softmax")(inp)
model = tf.keras.Model(inp, out)
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy())
model.fit(ds, epochs=1)
