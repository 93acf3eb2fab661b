import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Model

n_tokens, latent_dim, steps = 30, 16, 9


def build():
    encoder_inputs = Input((None, n_tokens))
    _, h, c = LSTM(latent_dim, return_state=True)(encoder_inputs)
    decoder_inputs = Input((None, n_tokens))
    decoder_lstm = LSTM(latent_dim, return_sequences=True, return_state=True)
    outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=[h, c])
    dense = Dense(n_tokens, activation="softmax")
    training = Model([encoder_inputs, decoder_inputs], dense(outputs))
    encoder = Model(encoder_inputs, [h, c])
    states = [Input((latent_dim,)), Input((latent_dim,))]
    outputs, h, c = decoder_lstm(decoder_inputs, initial_state=states)
    decoder = Model([decoder_inputs] + states, [dense(outputs), h, c], name="model_decoder_testing")
    return training, encoder, decoder


def decode(encoder, decoder, sequence, length):
    states = encoder.predict(sequence, verbose=0)
    token = np.zeros((1, 1, n_tokens))
    token[0, 0, 0] = 1
    words = []
    for _ in range(length):
        probabilities, h, c = decoder.predict(token, verbose=0)
        word = probabilities[0, -1].argmax()
        words.append(word)
        token = np.zeros((1, 1, n_tokens))
        token[0, 0, word] = 1
        states = [h, c]
    return words


training, encoder, decoder = build()
print(decode(encoder, decoder, np.random.rand(1, steps, n_tokens), 4))
