import numpy as np
from keras import Model, Input
from keras.layers import Dense, Concatenate

a = Input((16,), name="text")
b = Input((4,), name="meta")
h = Concatenate()([Dense(8)(a), Dense(8)(b)])
out = Dense(1, activation="sigmoid")(h)
model = Model([a, b], out)
model.compile(loss="binary_crossentropy", optimizer="adam")
text = np.random.random((32, 16))
meta = np.random.random((32, 4))
y = np.random.randint(0, 2, size=(32, 1))
model.fit([text, meta], y, epochs=1)
