import numpy as np
from tensorflow.keras import Input
from tensorflow.keras.layers import LSTM, Dense, Dropout, Embedding, SimpleRNN
from tensorflow.keras.models import Sequential


def doubles(b, cap):
    if b <= 0:
        raise ValueError("the base must be greater than zero")
    seq = [b]
    i = 1
    while seq[-1] < cap:
        seq.append(b * 2 ** i)
        i += 1
    return seq


cap = 100
nums = [2, 3, 4, 6, 7, 8, 9, 10, 11, 12]
mydoubles = [doubles(base, cap) for base in nums]
maxsize = max(len(s) for s in mydoubles)
for s in mydoubles:
    while len(s) < maxsize:
        s.append(-1)

mymodel = Sequential()
mymodel.add(Input((1,)))
mymodel.add(Embedding(max(nums) + 1, 16))
mymodel.add(LSTM(32, return_sequences=True))
mymodel.add(Dropout(0.1))
mymodel.add(SimpleRNN(32))
mymodel.add(Dense(maxsize))
mymodel.compile("adam", "mse")
mymodel.fit(np.array(nums)[:, None], np.array(mydoubles, dtype="float32"), epochs=1)
