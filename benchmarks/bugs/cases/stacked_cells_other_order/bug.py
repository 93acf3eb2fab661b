import keras
from keras.layers import RNN, Dense, Input, LSTMCell

UNITS = (16, 32)


def cells(units):
    return [LSTMCell(u) for u in units]


def seq2seq(features, symbols):
    source = Input((None, features))
    _, *state = RNN(cells(UNITS), return_state=True, name="encoder")(source)

    target = Input((None, symbols))
    decoder = RNN(cells(reversed(UNITS)), return_sequences=True, name="decoder")
    decoded = decoder(target, initial_state=state)
    return keras.Model([source, target], Dense(symbols, activation="softmax")(decoded))


model = seq2seq(5, 11)
out = model([keras.ops.zeros((2, 7, 5)), keras.ops.zeros((2, 4, 11))])
print(out.shape)
