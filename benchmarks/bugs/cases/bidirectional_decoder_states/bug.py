from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Bidirectional, Concatenate, Dense, Dot, Embedding, LSTM, Softmax


class Translator:
    def __init__(self, source_words, target_words, units=64):
        self.source_words, self.target_words, self.units = source_words, target_words, units

    def encoder(self, tokens):
        x = Embedding(self.source_words, 50, mask_zero=True)(tokens)
        x, fh, fc, bh, bc = Bidirectional(LSTM(self.units, return_sequences=True, return_state=True))(x)
        return x, Concatenate()([fh, bh]), Concatenate()([fc, bc])

    def build(self):
        source = Input((None,))
        target = Input((None,))
        encoded, h, c = self.encoder(source)
        y = Embedding(self.target_words, 50)(target)
        width = self.units * 2
        y = LSTM(width, return_sequences=True)(y, initial_state=[h, c])
        keys = Dense(self.units)(encoded)
        scores = Softmax()(Dot(axes=[2, 2])([y, keys]))
        context = Dot(axes=[2, 1])([scores, encoded])
        y = Dense(self.units, activation="tanh")(Concatenate()([y, context]))
        return Model([source, target], Dense(self.target_words, activation="softmax")(y))


Translator(500, 600).build().summary()
