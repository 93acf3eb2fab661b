import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.models import Sequential

max_features, maxlen = 500, 40


class SeqSelfAttention(layers.Layer):
    def __init__(self, units=32, activation="sigmoid", **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = tf.keras.activations.get(activation)

    def build(self, input_shape):
        feature_dim = input_shape[-1]
        self.Wt = self.add_weight(shape=(feature_dim, self.units), name="Wt")
        self.Wx = self.add_weight(shape=(feature_dim, self.units), name="Wx")
        self.bh = self.add_weight(shape=(self.units,), name="bh", initializer="zeros")
        self.Wa = self.add_weight(shape=(self.units, 1), name="Wa")

    def call(self, inputs):
        steps = tf.shape(inputs)[1]
        q = tf.expand_dims(tf.matmul(inputs, self.Wt), 2)
        k = tf.expand_dims(tf.matmul(inputs, self.Wx), 1)
        h = tf.tanh(q + k + self.bh)
        e = tf.reshape(tf.matmul(h, self.Wa), (-1, steps, steps))
        return tf.matmul(tf.nn.softmax(self.activation(e)), inputs)


x_train = np.random.randint(1, max_features, (120, maxlen))
y_train = np.random.randint(0, 2, 120)

model3 = Sequential()
model3.add(layers.Embedding(max_features, 32))
model3.add(layers.Bidirectional(layers.LSTM(16, return_sequences=True)))
model3.add(SeqSelfAttention(activation="sigmoid"))
model3.add(layers.GlobalMaxPooling1D())
model3.add(layers.Dense(1, activation="sigmoid"))
model3.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["acc"])
history = model3.fit(x_train, y_train, epochs=1, batch_size=32, validation_split=0.2, verbose=0)
