import tensorflow as tf
from tensorflow.keras import layers

encoder_units = 100
batch_size = 5
embedding_dim = 300


class Encoder(tf.keras.Model):
    def __init__(self, units, batch):
        super().__init__()
        self.units = units
        self.batch = batch
        lstm = layers.LSTM(units, return_sequences=True, return_state=True)
        self.rnn = layers.Bidirectional(lstm)

    def start(self):
        return [tf.zeros((self.batch, self.units)) for _ in range(4)]

    def call(self, tokens):
        outputs = self.rnn(tokens, initial_state=self.start())
        return outputs[0]


encoder = Encoder(encoder_units, batch_size)
sentence = tf.random.uniform((batch_size, 12, embedding_dim))
print(encoder(sentence).shape)
