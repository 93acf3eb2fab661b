import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input
from tensorflow.keras.models import Model

english = ["go", "wait here", "come in please", "how are you today"] * 8
spanish = ["ve", "espera aqui", "entra por favor", "como estas hoy amigo"] * 8


class Vocabulary:
    def __init__(self, texts, length):
        words = sorted({w for t in texts for w in t.split()})
        self.index = {w: i + 1 for i, w in enumerate(words)}
        self.length = length

    def __len__(self):
        return len(self.index) + 1

    def encode(self, texts):
        rows = np.zeros((len(texts), self.length), dtype="int32")
        for row, text in enumerate(texts):
            for column, word in enumerate(text.split()):
                rows[row, column] = self.index[word]
        return rows


source, target = Vocabulary(english, 6), Vocabulary(spanish, 6)
x, y = source.encode(english), target.encode(spanish)

encoder_in = Input((source.length,))
_, h, c = LSTM(64, return_state=True)(Embedding(len(source), 32)(encoder_in))
decoder_in = Input((target.length,))
decoded = LSTM(64)(Embedding(len(target), 32)(decoder_in), initial_state=[h, c])
word = Dense(len(target), activation="softmax")(decoded)
model = Model([encoder_in, decoder_in], word)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit([x, np.roll(y, 1, axis=1)], y, batch_size=8, epochs=2, validation_split=0.25)
