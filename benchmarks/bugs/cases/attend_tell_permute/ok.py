from keras.layers import (LSTM, Activation, Concatenate, Dense, Dropout, Embedding, Flatten, Input,
                          Lambda, Multiply, Permute, RepeatVector, TimeDistributed)
from keras.models import Model
from keras import ops


class CaptionModel:
    def __init__(self, vocab=5000, max_len=20, regions=49, channels=512, hidden=256):
        self.vocab = vocab
        self.max_len = max_len
        self.regions = regions
        self.channels = channels
        self.hidden = hidden

    def attend(self, features, state):
        # score every region by the state of the decoder
        repeated = RepeatVector(self.regions)(state)
        joint = Concatenate(axis=-1)([features, repeated])
        hidden1 = TimeDistributed(Dense(128, activation="tanh"))(joint)
        score = TimeDistributed(Dense(1))(hidden1)
        weights = Activation("softmax")(Flatten()(score))
        dim_change1 = RepeatVector(self.channels)(weights)
        per_out1 = Permute((2, 1))(features)
        attendout = Multiply()([per_out1, dim_change1])
        return Lambda(lambda t: ops.sum(t, axis=-1))(attendout)

    def build(self):
        image = Input(shape=(self.regions, self.channels), name="image_features")
        words = Input(shape=(self.max_len,), name="words")
        emb = Embedding(self.vocab, self.hidden)(words)
        state = LSTM(self.hidden)(emb)
        context = self.attend(image, state)
        merged = Concatenate()([context, state])
        merged = Dropout(0.5)(merged)
        out = Dense(self.vocab, activation="softmax")(merged)
        return Model([image, words], out)


def main():
    model = CaptionModel().build()
    model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
    model.summary()


main()
