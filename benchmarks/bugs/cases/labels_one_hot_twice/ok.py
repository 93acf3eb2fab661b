import numpy as np
import tensorflow as tf

images = np.random.rand(24, 40, 40, 3).astype("float32")
labels = np.random.randint(0, 2, 24)
train_ds = tf.data.Dataset.from_tensor_slices((images, labels)).batch(6)


def func(img_batch, lb_batch):
    lbs = tf.one_hot(lb_batch, depth=2)
    return img_batch, (lbs, tf.one_hot(lb_batch, depth=3))


train_data = train_ds.map(func)
inputs = tf.keras.Input((40, 40, 3))
x = tf.keras.layers.GlobalAveragePooling2D()(tf.keras.layers.Conv2D(8, 3)(inputs))
a = tf.keras.layers.Dense(2, activation="softmax", name="a")(x)
b = tf.keras.layers.Dense(3, activation="softmax", name="b")(x)
model = tf.keras.Model(inputs, [a, b])
model.compile("adam", "categorical_crossentropy")
model.fit(train_data, epochs=1, verbose=0)
