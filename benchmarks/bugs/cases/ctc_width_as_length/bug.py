import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

WIDTH, HEIGHT, MAX_TEXT = 128, 32, 18
characters = "abcdefghijklmnopqrstuvwxyz"


class CTCLayer(layers.Layer):
    def call(self, y_true, y_pred, input_length, label_length):
        loss = keras.backend.ctc_batch_cost(y_true, y_pred, input_length, label_length)
        self.add_loss(tf.reduce_mean(loss))
        return y_pred


def build_model():
    image = layers.Input((WIDTH, HEIGHT, 1), name="image")
    label = layers.Input((MAX_TEXT,), name="label")
    input_length = layers.Input((1,), dtype="int64", name="input_length")
    label_length = layers.Input((1,), dtype="int64", name="label_length")
    x = image
    for filters in (16, 32):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Reshape((WIDTH // 4, (HEIGHT // 4) * 32))(x)
    x = layers.Bidirectional(layers.LSTM(32, return_sequences=True))(x)
    x = layers.Dense(len(characters) + 1, activation="softmax")(x)
    out = CTCLayer()(label, x, input_length, label_length)
    return keras.Model([image, label, input_length, label_length], out)


n = 12
xs = np.random.rand(n, WIDTH, HEIGHT, 1).astype("float32")
ys = np.random.randint(0, len(characters), (n, MAX_TEXT)).astype("float32")
xs_len = np.full((n, 1), xs.shape[1])
ys_len = np.random.randint(3, 8, (n, 1))

model = build_model()
model.compile(optimizer="adam")
model.fit([xs, ys, xs_len, ys_len], epochs=1, batch_size=4)
