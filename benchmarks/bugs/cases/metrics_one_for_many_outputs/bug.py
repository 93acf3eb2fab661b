import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, LSTM, Embedding
from tensorflow.keras.losses import CategoricalCrossentropy
from tensorflow.keras.optimizers import Adam


class Tagger:
    def __init__(self, vocabulary, tags, positions, learning_rate=1e-3):
        self._learning_rate = learning_rate
        self._positions = positions
        words = Input(shape=(positions,))
        x = Embedding(vocabulary, 16)(words)
        x = LSTM(32)(x)
        self._model = Model(words, [Dense(tags, activation="softmax", name=f"tag_{i}")(x) for i in range(positions)])

    def compile(self):
        self._model.compile(
            loss=CategoricalCrossentropy(),
            optimizer=Adam(learning_rate=self._learning_rate),
            metrics=["accuracy"],
        )

    def train(self, x, y, epochs=1):
        return self._model.fit(x, y, epochs=epochs, verbose=0)


tagger = Tagger(vocabulary=50, tags=4, positions=10)
tagger.compile()
x = np.random.randint(0, 50, (12, 10))
y = [np.eye(4)[np.random.randint(0, 4, 12)] for _ in range(10)]
tagger.train(x, y)
