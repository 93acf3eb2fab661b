import numpy as np
from keras import Model, Input
from keras.layers import Dense, Concatenate, Conv1D, GlobalMaxPooling1D

seq = Input((50, 4))
feat = Input((10,))
s = GlobalMaxPooling1D()(Conv1D(8, 3)(seq))
out = Dense(1)(Concatenate()([s, Dense(8)(feat)]))
model = Model(inputs=[seq, feat], outputs=out)
model.compile(optimizer="rmsprop", loss="mse")

n = 40
seqs = np.random.randn(n, 50, 4)
feats = np.random.randn(n, 10)
target = np.random.randn(n)
model.fit(x=[feats, seqs], y=target, batch_size=8)
