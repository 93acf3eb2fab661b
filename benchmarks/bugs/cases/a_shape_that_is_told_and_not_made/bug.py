import numpy as np
import keras
from keras import layers, ops


class MultiHeadPooling(layers.Layer):
    """A few learnt questions are answered by all words."""

    def __init__(self, questions, **kwargs):
        super().__init__(**kwargs)
        self.questions = questions

    def build(self, input_shape):
        self.q = self.add_weight(shape=(self.questions, input_shape[-1]), name="questions")

    def compute_output_shape(self, input_shape):
        return input_shape

    def call(self, words):
        scores = ops.softmax(ops.einsum("qd,bwd->bqw", self.q, words), axis=-1)
        return ops.einsum("bqw,bwd->bqd", scores, words)


def document_model(length, vocabulary, width):
    tokens = keras.Input((length,))
    x = layers.Embedding(vocabulary, width)(tokens)
    pooled = MultiHeadPooling(4)(x)
    mixed = layers.Add()([pooled, x])
    flat = layers.Flatten()(mixed)
    return keras.Model(tokens, layers.Dense(3)(flat))


model = document_model(20, 300, 16)
print(model.predict(np.zeros((2, 20)), verbose=0).shape)
