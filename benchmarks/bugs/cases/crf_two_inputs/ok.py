import keras
import numpy as np
from keras import layers, ops


class Viterbi(layers.Layer):
    """Scores of tags and of the transitions between them."""

    def __init__(self, n_tags, **kwargs):
        super().__init__(**kwargs)
        self.n_tags = n_tags
        self.score = layers.Dense(n_tags)

    def build(self, input_shape):
        self.transitions = self.add_weight(shape=(self.n_tags, self.n_tags), name="transitions")
        self.score.build(input_shape)

    def call(self, inputs, lengths=None):
        scores = self.score(inputs)
        before = ops.softmax(scores[:, :-1], axis=-1)
        step = ops.matmul(before, self.transitions)
        return ops.concatenate([scores[:, :1], scores[:, 1:] + step], axis=1)


def tagger(vocab=1000, width=50, hidden=100, n_tags=9, max_len=60):
    word_ids = keras.Input((max_len,), dtype="int32", name="words")
    lengths = keras.Input((1,), dtype="int32", name="lengths")
    x = layers.Embedding(vocab, width)(word_ids)
    x = layers.Bidirectional(layers.LSTM(hidden, return_sequences=True))(x)
    x = layers.Dropout(0.5)(x)
    tags = Viterbi(n_tags)(x, lengths)
    return keras.Model([word_ids, lengths], tags)


if __name__ == "__main__":
    model = tagger()
    print(model.output_shape)
