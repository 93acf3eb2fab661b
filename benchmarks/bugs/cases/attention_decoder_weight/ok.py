import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class AttentionCell(layers.Layer):
    def __init__(self, units, labels, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.labels = labels
        self.state_size = units

    def build(self, input_shape):
        features = input_shape[-1]
        self.W_x = self.add_weight(shape=(features, self.units), name="W_x")
        self.U_s = self.add_weight(shape=(self.units, self.units), name="U_s")
        self.C_o = self.add_weight(shape=(self.units, self.labels), name="C_o")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, inputs, states):
        (previous,) = states
        candidate = tf.tanh(inputs @ self.W_x + tf.matmul(previous, self.U_s) + self.b)
        out = tf.nn.softmax(tf.matmul(candidate, self.C_o))
        return out, [candidate]


def date_translator(steps, vocabulary, units=32, labels=4):
    tokens = layers.Input((steps,), dtype="int32")
    x = layers.Embedding(vocabulary, 16)(tokens)
    x = layers.Bidirectional(layers.LSTM(24, return_sequences=True))(x)
    y = layers.RNN(AttentionCell(units, labels), return_sequences=True)(x)
    return keras.Model(tokens, y)


translator = date_translator(12, 51)
translator.compile("adam", "categorical_crossentropy")
dates = np.random.randint(0, 51, size=(16, 12))
print(translator.predict(dates, verbose=0).shape)
