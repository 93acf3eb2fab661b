from keras import ops
from keras.layers import (LSTM, Activation, Concatenate, Dense, Dot, Input, Lambda, Multiply, Permute,
                          RepeatVector, Reshape)
from keras.models import Model

T = 10
n = 81
m = n_h = n_s = 64
p = n_hde0 = n_sde0 = 64

en_densor_We = Dense(T)
en_LSTM_cell = LSTM(n_h, return_state=True)


def one_encoder_attention_step(h_prev, s_prev, X):
    concat = Concatenate()([h_prev, s_prev])
    result1 = en_densor_We(concat)
    result1 = RepeatVector(X.shape[1])(result1)
    X_temp = Permute((2, 1))(X)
    result2 = Dense(T)(Permute((2, 1))(X_temp)) if X.shape[2] != T else X
    result3 = Lambda(lambda pair: ops.tanh(pair[0] + pair[1]))([result1, result2])
    result4 = Dense(1)(result3)
    return Activation("softmax")(Permute((2, 1))(result4))


def encoder_attention(T, X, s0, h0):
    s, h = s0, h0
    attention_weight_t = None
    for t in range(T):
        context = one_encoder_attention_step(h, s, X)
        x = Lambda(lambda z, t=t: z[:, :, t])(X)
        x = Reshape((1, n))(x)
        h, _, s = en_LSTM_cell(x, initial_state=[h, s])
        if t != 0:
            attention_weight_t = Concatenate(axis=1)([attention_weight_t, context])
        else:
            attention_weight_t = context
    X_ = Permute((2, 1))(X)
    return Multiply()([attention_weight_t, X_])


X = Input(shape=(n, T))
s0 = Input(shape=(n_s,))
h0 = Input(shape=(n_h,))
h_de0 = Input(shape=(n_hde0,))
s_de0 = Input(shape=(n_sde0,))
X_ = encoder_attention(T, X, s0, h0)
X_ = Reshape((T, n))(X_)
states = LSTM(m, return_sequences=True)(X_)
last = Lambda(lambda z: z[:, -1, :])(states)
out = Dense(1)(Concatenate()([last, h_de0, s_de0]))
model = Model([X, s0, h0, h_de0, s_de0], out)
model.compile(loss="mse", optimizer="adam")
