import argparse

from tensorflow.keras import Input, Model
from tensorflow.keras.layers import LSTM, Bidirectional, Concatenate, Dense, Embedding


def encode(tokens, latent_dim, bidirectional):
    x = Embedding(500, 32)(tokens)
    encoder = LSTM(latent_dim, return_state=True)
    if bidirectional:
        encoder = Bidirectional(encoder)
    outputs, *states = encoder(x)
    if bidirectional:
        fh, fc, bh, bc = states
        states = [Dense(latent_dim)(Concatenate()([fh, bh])), Dense(latent_dim)(Concatenate()([fc, bc]))]
    return states


def seq2seq(latent_dim=64, bidirectional=True):
    source = Input((None,), name="source")
    target = Input((None,), name="target")
    states = encode(source, latent_dim, bidirectional)
    y = Embedding(600, 32)(target)
    y = LSTM(latent_dim, return_sequences=True)(y, initial_state=states)
    return Model([source, target], Dense(600, activation="softmax")(y))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--latent-dim", type=int, default=64)
    parser.add_argument("--one-way", dest="bidirectional", action="store_false")
    args = parser.parse_args()
    model = seq2seq(args.latent_dim, args.bidirectional)
    model.summary()
