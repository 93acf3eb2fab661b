import keras
from keras.layers import RNN, Bidirectional, Dense, GRUCell, Input, concatenate
from keras.models import Model

n_in_features = 1
n_out_features = 1


def create_model(layers, bidirectional=False):
    n_layers = len(layers)
    encoder_inputs = Input(shape=(None, n_in_features))
    gru_cells = [GRUCell(hidden_dim) for hidden_dim in layers]
    if bidirectional:
        encoder = Bidirectional(RNN(gru_cells, return_state=True))
        encoder_outputs_and_states = encoder(encoder_inputs)
        bi_encoder_states = encoder_outputs_and_states[1:]
        encoder_states = []
        for i in range(int(len(bi_encoder_states) / 2)):
            temp = concatenate([bi_encoder_states[i], bi_encoder_states[n_layers + i]], axis=-1)
            encoder_states.append(temp)
    else:
        encoder = RNN(gru_cells, return_state=True)
        encoder_outputs_and_states = encoder(encoder_inputs)
        encoder_states = encoder_outputs_and_states[1:]

    decoder_inputs = Input(shape=(None, n_out_features))
    if bidirectional:
        decoder_cells = [GRUCell(hidden_dim * 2) for hidden_dim in layers]
    else:
        decoder_cells = [GRUCell(hidden_dim) for hidden_dim in layers]
    decoder_gru = RNN(decoder_cells, return_sequences=True, return_state=True)
    decoder_outputs_and_states = decoder_gru(decoder_inputs, initial_state=encoder_states)
    decoder_outputs = decoder_outputs_and_states[0]
    decoder_outputs = Dense(n_out_features)(decoder_outputs)
    return Model([encoder_inputs, decoder_inputs], decoder_outputs)


model = create_model([6], bidirectional=True)
model.compile(keras.optimizers.Adam(1e-3), loss="mse")
