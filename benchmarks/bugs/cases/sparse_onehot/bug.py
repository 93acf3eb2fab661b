import numpy as np
import tensorflow as tf
from tensorflow.keras.utils import to_categorical

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.cifar10.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0
y_train = to_categorical(y_train, 10)
y_test = to_categorical(y_test, 10)

def build():
    inp = tf.keras.layers.Input((32, 32, 3))
    x = tf.keras.layers.Conv2D(16, 3, padding="same", activation="relu")(inp)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    out = tf.keras.layers.Dense(10, activation="softmax")(x)
    return tf.keras.Model(inp, out)

model = build()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
history = model.fit(x_train[:100], y_train[:100], validation_data=(x_test[:50], y_test[:50]), epochs=1)
