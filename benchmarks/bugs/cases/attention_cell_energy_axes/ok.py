import tensorflow as tf
from tensorflow.keras import Input, Model, backend as K, layers


class AttentionDecoder(layers.Layer):
    """Unrolled: at each step it attends to the whole sequence."""

    def __init__(self, hidden, length, output_dim, axes=(2, 1)):
        super().__init__()
        self.length = length
        self.axes = axes
        self.score = layers.Dense(1)
        self.cell = layers.LSTMCell(hidden)
        self.project = layers.Dense(output_dim)

    def step(self, sequence, states):
        hidden = states[0]
        repeated = tf.repeat(hidden[:, None, :], sequence.shape[1], axis=1)
        energy = self.score(tf.concat([sequence, repeated], -1))
        energy = tf.transpose(tf.nn.softmax(energy, axis=1), [0, 2, 1])
        context = K.batch_dot(energy, sequence, axes=self.axes)
        out, states = self.cell(context[:, 0, :], states)
        return out, states

    def call(self, sequence):
        zeros = tf.zeros((tf.shape(sequence)[0], self.cell.units))
        states, outputs = [zeros, zeros], []
        for _ in range(self.length):
            out, states = self.step(sequence, states)
            outputs.append(self.project(out))
        return tf.stack(outputs, axis=1)


def attention_seq2seq(input_dim, input_length, hidden_dim, output_length, output_dim, **options):
    source = Input((input_length, input_dim))
    encoded = layers.Bidirectional(layers.LSTM(hidden_dim, return_sequences=True))(source)
    return Model(source, AttentionDecoder(hidden_dim, output_length, output_dim, **options)(encoded))


model = attention_seq2seq(input_dim=5, input_length=7, hidden_dim=10, output_length=8, output_dim=20)
