import tensorflow as tf

class Encoder(tf.keras.Model):
    def __init__(self, vocab, dim, units):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(vocab, dim)
        self.gru = tf.keras.layers.GRU(units, return_sequences=True, return_state=True)

    def call(self, x, hidden):
        x = self.embedding(x)
        output, state = self.gru(x, initial_state=hidden)
        return output, state

encoder = Encoder(100, 16, 32)
tokens = tf.zeros((8, 12), dtype="int32")
out, state = encoder(tokens, tf.zeros((8, 32)))
print(out.shape, state.shape)
