import numpy as np
import pandas as pd
from tensorflow.keras import backend as K
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input, Layer
from tensorflow.keras.models import Model
import tensorflow as tf


class attention(Layer):
    def build(self, input_shape):
        self.W = self.add_weight(name="att_weight", shape=(input_shape[-1], 1), initializer="normal")
        self.b = self.add_weight(name="att_bias", shape=(input_shape[1], 1), initializer="zeros")
        super().build(input_shape)

    def call(self, x):
        et = tf.squeeze(tf.tanh(tf.tensordot(x, self.W, axes=1) + self.b), axis=-1)
        at = tf.expand_dims(tf.nn.softmax(et), axis=-1)
        return tf.reduce_sum(x * at, axis=1)


def windows(frame, memory_size):
    columns = [frame.shift(i) for i in range(memory_size)]
    stacked = np.stack([c.fillna(0).values for c in columns], axis=1)
    return stacked[memory_size:]


transactions = pd.DataFrame(np.random.rand(120, 12), columns=[f"V{i}" for i in range(12)])
labels = (np.random.rand(120) > 0.9).astype(int)
MEMORY = 10
X = windows(transactions, MEMORY)
y = labels[MEMORY:]

inputs1 = Input((X.shape[1], X.shape[2]))
att_in = LSTM(50, return_sequences=True, dropout=0.3, recurrent_dropout=0.2)(inputs1)
att_in_1 = LSTM(50, return_sequences=True, dropout=0.3, recurrent_dropout=0.2)(att_in)
att_out = attention()(att_in_1)
att_out = Dropout(0.2)(att_out)
outputs1 = Dense(1, activation="sigmoid", trainable=True)(att_out)
model1 = Model(inputs1, outputs1)
model1.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
history = model1.fit(X, y, epochs=1, batch_size=32, verbose=0)
K.clear_session()
