import numpy as np
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import GRU, Concatenate, Dense, Input, Layer, TimeDistributed


class AttentionLayer(Layer):
    """Bahdanau attention of a whole decoded sequence over the encoded one."""

    def build(self, input_shape):
        encoded, decoded = input_shape
        self.W_a = self.add_weight(name="W_a", shape=(encoded[2], encoded[2]), initializer="uniform")
        self.U_a = self.add_weight(name="U_a", shape=(decoded[2], encoded[2]), initializer="uniform")
        self.V_a = self.add_weight(name="V_a", shape=(encoded[2], 1), initializer="uniform")
        super().build(input_shape)

    def call(self, inputs):
        encoded, decoded = inputs
        keys = tf.matmul(encoded, self.W_a)[:, tf.newaxis]
        queries = tf.matmul(decoded, self.U_a)[:, :, tf.newaxis]
        energies = tf.squeeze(tf.matmul(tf.tanh(keys + queries), self.V_a), -1)
        weights = tf.nn.softmax(energies)
        return tf.matmul(weights, encoded), weights

    def compute_output_shape(self, input_shape):
        encoded, decoded = input_shape
        return [
            (decoded[0], decoded[1], encoded[2]),
            (decoded[0], decoded[1], encoded[1]),
        ]


def define_nmt(encoder_width, decoder_width, en_timesteps, en_vsize, fr_timesteps, fr_vsize):
    encoder_inputs = Input((en_timesteps, en_vsize), name="encoder_inputs")
    decoder_inputs = Input((fr_timesteps - 1, fr_vsize), name="decoder_inputs")
    encoder_out = GRU(encoder_width, return_sequences=True, name="encoder_gru")(encoder_inputs)
    decoder_out = GRU(decoder_width, return_sequences=True, name="decoder_gru")(decoder_inputs)
    attn_out, attn_states = AttentionLayer(name="attention_layer")([encoder_out, decoder_out])
    joined = Concatenate(axis=-1, name="concat_layer")([decoder_out, attn_out])
    pred = TimeDistributed(Dense(fr_vsize, activation="softmax"))(joined)
    model = Model([encoder_inputs, decoder_inputs], pred)
    model.compile("adam", "categorical_crossentropy")
    return model


nmt = define_nmt(48, 32, 20, 30, 12, 25)
en = np.eye(30)[np.random.randint(0, 30, (16, 20))]
fr = np.eye(25)[np.random.randint(0, 25, (16, 12))]
nmt.train_on_batch([en, fr[:, :-1]], fr[:, 1:])
