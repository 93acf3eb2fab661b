import numpy as np
import tensorflow as tf


class MinimalRNNCell(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.output_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="uniform", name="kernel")
        self.recurrent_kernel = self.add_weight(
            shape=(self.units, self.units), initializer="uniform", name="recurrent_kernel"
        )

    def call(self, inputs, states):
        prev_output = states[0]
        h = tf.matmul(inputs, self.kernel)
        output = h + tf.matmul(prev_output, self.recurrent_kernel)
        return output, [output]

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config


def tagger(vocabulary, tags, units=24):
    inputs = tf.keras.Input((None,), dtype="int32")
    x = tf.keras.layers.Embedding(vocabulary, 16)(inputs)
    rnn = tf.keras.layers.RNN(MinimalRNNCell(units), return_sequences=True)
    x = tf.keras.layers.Bidirectional(rnn)(x)
    return tf.keras.Model(inputs, tf.keras.layers.Dense(tags, activation="softmax")(x))


with tf.keras.utils.custom_object_scope({"MinimalRNNCell": MinimalRNNCell}):
    model = tagger(100, 7)
print(model.predict(np.random.randint(0, 100, (2, 9)), verbose=0).shape)
