import numpy as np
from keras import Input, Model
from keras.layers import LSTM, Dense

enc_in = Input((12, 20))
_, h, c = LSTM(64, return_state=True)(enc_in)
dec_in = Input((8, 20))
seq = LSTM(64, return_sequences=True)(dec_in, initial_state=[h, c])
out = Dense(20, activation="softmax")(seq)
model = Model([enc_in, dec_in], out)
model.compile("rmsprop", "categorical_crossentropy")
model.fit([np.zeros((4, 12, 20)), np.zeros((4, 8, 20))], np.zeros((4, 8, 20)), epochs=1)
