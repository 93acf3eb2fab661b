import itertools

import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense


class Adder:
    def __init__(self, hidden=16):
        pair = Input(shape=(2,))
        x = Dense(hidden, activation="relu")(pair)
        x = Dense(hidden, activation="relu")(x)
        self.model = Model(pair, Dense(1)(x))
        self.model.compile(optimizer="adam", loss="mse")

    def train(self, epochs=1):
        pairs = np.array(list(itertools.product(range(10), repeat=2)), dtype="float32")
        self.model.fit(pairs, pairs.sum(axis=1), batch_size=10, epochs=epochs, verbose=0)

    def add(self, first, second):
        question = np.array([[first, second]])
        return self.model.predict(question, verbose=0)

    def add_all(self, pairs):
        return self.model.predict(np.array(pairs), verbose=0)[:, 0]


adder = Adder()
adder.train()
print(adder.add_all([(1, 2), (3, 4)]))
print(adder.add(3, 5))
