import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input
from tensorflow.keras.models import Model
from tensorflow.keras.utils import to_categorical

CARDINALITY = 5


def define_models(vocab_size, n_units, embedding=8):
    table = Embedding(vocab_size, embedding)
    encoder_inputs = Input(shape=(None,), name="Encoder_input")
    _, state_h, state_c = LSTM(n_units, return_state=True, name="Encoder_lstm")(table(encoder_inputs))
    encoder_states = [state_h, state_c]
    decoder_inputs = Input(shape=(None,), name="Decoder_input")
    decoder_lstm = LSTM(n_units, return_sequences=True, return_state=True, name="Decoder_lstm")
    decoder_dense = Dense(vocab_size, activation="softmax")
    embedded = table(decoder_inputs)
    decoder_outputs, _, _ = decoder_lstm(embedded, initial_state=encoder_states)
    model = Model([encoder_inputs, decoder_inputs], decoder_dense(decoder_outputs))
    encoder_model = Model(encoder_inputs, encoder_states)
    states_in = [Input(shape=(n_units,)), Input(shape=(n_units,))]
    outputs, h, c = decoder_lstm(embedded, initial_state=states_in)
    decoder_model = Model([decoder_inputs] + states_in, [decoder_dense(outputs), h, c])
    return model, encoder_model, decoder_model


def predict_sequence(infenc, infdec, source, n_steps):
    state = infenc.predict(source, verbose=0)
    target = np.zeros((1, 1, CARDINALITY))
    said = []
    for _ in range(n_steps):
        yhat, h, c = infdec.predict([target] + state, verbose=0)
        said.append(int(np.argmax(yhat[0, 0])))
        state = [h, c]
        target = to_categorical([[said[-1]]], num_classes=CARDINALITY)
    return said


source = np.array([[1, 2, 3]])
shifted = np.concatenate(([0], source[0, :-1]))[None, :]
target = to_categorical(source, num_classes=CARDINALITY)
model, infenc, infdec = define_models(CARDINALITY, 12)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit([source, shifted], target, epochs=1, verbose=0)
print(predict_sequence(infenc, infdec, source, 3))
