import numpy as np
import tensorflow as tf
import keras
from keras import layers

VOCAB, SEQ, DIM = 200, 20, 32


class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token = layers.Embedding(vocab_size, embed_dim)
        self.position = layers.Embedding(sequence_length, embed_dim)
        self.sequence_length = sequence_length

    def call(self, inputs):
        positions = keras.ops.arange(0, self.sequence_length, 1)
        return self.token(inputs) + self.position(positions)


def format_dataset(eng, spa):
    return {"encoder_inputs": eng, "decoder_inputs": spa[:, :-1]}, spa[:, 1:]


eng = np.random.randint(1, VOCAB, (32, SEQ))
spa = np.random.randint(1, VOCAB, (32, SEQ + 1))
dataset = tf.data.Dataset.from_tensor_slices((eng, spa)).batch(8).map(format_dataset)

encoder_inputs = keras.Input(shape=(None,), dtype="int64", name="encoder_inputs")
x = PositionalEmbedding(SEQ, VOCAB, DIM)(encoder_inputs)
encoded = x + layers.MultiHeadAttention(2, DIM)(x, x)
decoder_inputs = keras.Input(shape=(None,), dtype="int64", name="decoder_inputs")
y = PositionalEmbedding(SEQ, VOCAB, DIM)(decoder_inputs)
y = y + layers.MultiHeadAttention(2, DIM)(y, y, use_causal_mask=True)
y = y + layers.MultiHeadAttention(2, DIM)(y, encoded)
outputs = layers.Dense(VOCAB, activation="softmax")(y)
transformer = keras.Model([encoder_inputs, decoder_inputs], outputs)
transformer.compile("rmsprop", loss="sparse_categorical_crossentropy")
transformer.fit(dataset, epochs=1)
