import numpy as np
from tensorflow.keras.layers import GRU, Dense, Input
from tensorflow.keras.models import Model


def get_dataset(n_samples, cardinality, steps_in=9, steps_out=4):
    source = np.random.randint(1, cardinality, size=(n_samples, steps_in))
    target = source[:, steps_out - 1::-1]
    shifted = np.hstack([np.zeros((n_samples, 1), int), target[:, :-1]])
    one_hot = np.eye(cardinality)
    return one_hot[source], one_hot[shifted], one_hot[target]


def define_models(n_input, n_output, n_units):
    encoder_inputs = Input(shape=(9, n_input))
    encoder = GRU(n_units, return_sequences=True, return_state=True)
    _, encoder_states = encoder(encoder_inputs)

    decoder_inputs = Input(shape=(None, n_output))
    decoder_gru = GRU(n_units, return_sequences=True, return_state=True)
    decoder_outputs, _ = decoder_gru(decoder_inputs, initial_state=encoder_states)
    decoder_dense = Dense(n_output, activation="softmax")
    model = Model([encoder_inputs, decoder_inputs], decoder_dense(decoder_outputs))

    state_input = Input(shape=(n_units,))
    outputs, state = decoder_gru(decoder_inputs, initial_state=[state_input])
    inference = Model([decoder_inputs, state_input], [decoder_dense(outputs), state])
    return model, Model(encoder_inputs, encoder_states), inference


if __name__ == "__main__":
    train, infenc, infdec = define_models(51, 51, 128)
    train.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    X1, X2, y = get_dataset(64, 51)
    train.fit([X1, X2], y, epochs=1)
