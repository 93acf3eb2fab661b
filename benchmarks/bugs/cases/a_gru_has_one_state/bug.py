import tensorflow as tf
from tensorflow.keras import layers

CELLS = {"lstm": layers.LSTM, "gru": layers.GRU}


class Encoder(layers.Layer):
    def __init__(self, vocabulary, units, cell="gru", **kwargs):
        super().__init__(**kwargs)
        self.embed = layers.Embedding(vocabulary, units)
        self.rnn = CELLS[cell](units, return_sequences=True, return_state=True)

    def call(self, tokens):
        x = self.embed(tokens)
        output, h, c = self.rnn(x)
        return output, [h, c]


class Tagger(tf.keras.Model):
    def __init__(self, vocabulary, tags, units=32):
        super().__init__()
        self.encoder = Encoder(vocabulary, units)
        self.score = layers.Dense(tags)

    def call(self, tokens):
        output, _ = self.encoder(tokens)
        return self.score(output)


tagger = Tagger(1000, 9)
print(tagger(tf.zeros((2, 7), tf.int32)).shape)
