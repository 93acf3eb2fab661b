import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Model

n_tokens, embedding, latent = 61, 30, 24

encoder_inputs = Input(shape=(None, embedding), name="encoder_inputs")
encoder_lstm = LSTM(latent, return_state=True, name="encoder_lstm")
_, state_h, state_c = encoder_lstm(encoder_inputs)
encoder_states = [state_h, state_c]
decoder_inputs = Input(shape=(None, n_tokens), name="decoder_inputs")
decoder_lstm = LSTM(latent, return_sequences=True, return_state=True, name="decoder_lstm")
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(n_tokens, activation="softmax", name="decoder_dense")
model = Model([encoder_inputs, decoder_inputs], decoder_dense(decoder_outputs), name="model_encoder_training")
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")

X_enco = np.random.rand(16, 9, embedding)
tokens = np.random.randint(0, n_tokens, (16, 12))
Y_deco = tf.keras.utils.to_categorical(tokens, n_tokens)
model.fit([X_enco, Y_deco], np.roll(Y_deco, -1, axis=1), batch_size=8, epochs=1, verbose=0)

encoder_model = Model(encoder_inputs, encoder_states, name="model_encoder_testing")
state_inputs = [Input(shape=(latent,)), Input(shape=(latent,))]
outputs, h, c = decoder_lstm(decoder_inputs, initial_state=state_inputs)
decoder_model = Model([decoder_inputs] + state_inputs, [decoder_dense(outputs), h, c], name="model_decoder_testing")


def decode_sequence(input_seq, longest=12):
    states_value = encoder_model.predict(input_seq, verbose=0)
    target_seq = np.zeros((1, 1, n_tokens))
    target_seq[0, 0, 0] = 1
    decoded = []
    while len(decoded) < longest:
        output_tokens, h, c = decoder_model.predict_step([target_seq] + states_value)
        decoded.append(int(np.argmax(output_tokens[0, -1])))
        target_seq = np.zeros((1, 1, n_tokens))
        target_seq[0, 0, decoded[-1]] = 1
        states_value = [h, c]
    return decoded


for sample in range(3):
    print(decode_sequence(X_enco[sample:sample + 1]))
