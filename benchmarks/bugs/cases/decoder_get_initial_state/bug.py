import tensorflow as tf

UNITS = 256


class Encoder(tf.keras.layers.Layer):
    def __init__(self, vocab_size, units):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(vocab_size, units)
        self.rnn = tf.keras.layers.GRU(units, return_sequences=True)

    def call(self, x):
        return self.rnn(self.embedding(x))


class Decoder(tf.keras.layers.Layer):
    def __init__(self, vocab_size, units):
        super().__init__()
        self.start_token = tf.constant(2)
        self.embedding = tf.keras.layers.Embedding(vocab_size, units)
        self.rnn = tf.keras.layers.GRU(units, return_sequences=True, return_state=True)
        self.output_layer = tf.keras.layers.Dense(vocab_size)

    def call(self, context, x, state=None):
        x, state = self.rnn(self.embedding(x), initial_state=state)
        x = x + tf.reduce_mean(context, axis=1, keepdims=True)
        return self.output_layer(x), state

    def get_initial_state(self, context):
        batch_size = tf.shape(context)[0]
        start_tokens = tf.fill([batch_size, 1], self.start_token)
        done = tf.zeros([batch_size, 1], dtype=tf.bool)
        embedded = self.embedding(start_tokens)
        return start_tokens, done, self.rnn.get_initial_state(embedded)[0]


encoder = Encoder(500, UNITS)
decoder = Decoder(500, UNITS)
ex_context = encoder(tf.random.uniform((64, 14), maxval=500, dtype=tf.int32))
next_token, done, state = decoder.get_initial_state(ex_context)
tokens = []
for n in range(5):
    logits, state = decoder(ex_context, next_token, state)
    next_token = tf.argmax(logits, axis=-1)
    tokens.append(next_token)
print(tf.concat(tokens, axis=-1).shape)
