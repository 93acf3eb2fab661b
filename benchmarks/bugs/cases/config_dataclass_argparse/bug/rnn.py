from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Add, Dense, GRU


def rnn(o):
    x = Input((o.seq_len, 4))
    h = GRU(o.hidden, return_sequences=True)(x)
    p = Dense(o.proj)(x)
    return Model(x, Add()([h, p]))
