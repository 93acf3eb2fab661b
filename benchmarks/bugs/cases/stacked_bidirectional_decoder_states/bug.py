import numpy as np
from tensorflow.keras.layers import LSTM, Bidirectional, Concatenate, Dense, Input, TimeDistributed
from tensorflow.keras.models import Model

WINDOW_SIZE, n_features, n_future = 24, 6, 4
hidden_cell_1, hidden_cell_2 = 32, 16


def encode(x, cells, sequences):
    layer = Bidirectional(LSTM(cells, return_sequences=sequences, return_state=True))
    outputs, forward_h, forward_c, backward_h, backward_c = layer(x)
    state_h = Concatenate()([forward_h, backward_h])
    state_c = Concatenate()([forward_c, backward_c])
    return outputs, [state_h, state_c]


def seq2seq():
    encoder_inputs = Input(shape=(WINDOW_SIZE, n_features), name="encoder_inputs")
    encoder_outputs1, encoder_states1 = encode(encoder_inputs, hidden_cell_1, True)
    _, encoder_states2 = encode(encoder_outputs1, hidden_cell_2, False)

    decoder_inputs = Input(shape=(n_future, 1), name="decoder_inputs")
    decoder_level = LSTM(hidden_cell_1 * 2, return_sequences=True, name="dec_lstm1")
    decoder_lstm = LSTM(hidden_cell_2 * 2, return_sequences=True, name="dec_lstm_out")
    x = decoder_level(decoder_inputs, initial_state=encoder_states2)
    x = decoder_lstm(x, initial_state=encoder_states1)
    outputs = TimeDistributed(Dense(1, activation="relu"), name="decoder_dense")(x)
    return Model([encoder_inputs, decoder_inputs], outputs)


model = seq2seq()
model.compile("adam", "mae")
x = np.random.rand(8, WINDOW_SIZE, n_features)
y = np.random.rand(8, n_future, 1)
model.fit([x, np.roll(y, 1, axis=1)], y, batch_size=2, epochs=1)
