import numpy as np
import keras
from keras import layers

(x_train, _), (x_test, _) = keras.datasets.mnist.load_data()
x_train = np.reshape(x_train.astype("float32") / 255.0, (len(x_train), 28, 28, 1))
inp = keras.Input((28, 28, 1))
x = layers.Conv2D(16, 3, activation="relu", padding="same")(inp)
x = layers.MaxPooling2D(2, padding="same")(x)
x = layers.Conv2D(8, 3, activation="relu", padding="same")(x)
x = layers.MaxPooling2D(2, padding="same")(x)
x = layers.UpSampling2D(2)(x)
x = layers.Conv2D(16, 3, activation="relu", padding="valid")(x)
x = layers.UpSampling2D(2)(x)
out = layers.Conv2D(1, 3, activation="sigmoid", padding="same")(x)
auto = keras.Model(inp, out)
auto.compile(optimizer="adam", loss="binary_crossentropy")
auto.fit(x_train[:32], x_train[:32], epochs=1, batch_size=16)
