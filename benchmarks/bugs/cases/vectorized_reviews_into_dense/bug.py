import tensorflow as tf
from tensorflow import keras

REVIEWS = ["a fine film", "dull and far too long", "it was fine , the end was dull", "long , but never dull"]


class BagOfWords(keras.layers.Layer):
    def __init__(self, n_tokens, **kwargs):
        super().__init__(**kwargs)
        self.n_tokens = n_tokens

    def call(self, inputs):
        one_hot = tf.one_hot(tf.cast(inputs, tf.int32), self.n_tokens)
        return tf.reduce_sum(one_hot, axis=1)[:, 1:]

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.n_tokens - 1)


def make_model(use_bag, n_tokens=40):
    text_vectorization = keras.layers.TextVectorization(max_tokens=n_tokens)
    text_vectorization.adapt(REVIEWS)
    parts = [keras.layers.Input((1,), dtype="string"), text_vectorization]
    if use_bag:
        parts.append(BagOfWords(n_tokens))
    parts.append(keras.layers.Dense(100, activation="relu"))
    parts.append(keras.layers.Dense(1, activation="sigmoid"))
    model = keras.models.Sequential(parts)
    model.compile(loss="binary_crossentropy", optimizer="nadam", metrics=["accuracy"])
    return model


model = make_model(use_bag=False)
