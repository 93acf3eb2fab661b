import numpy as np
import keras
from keras import layers

TEXTS = ["to be or not to be", "that is the question", "whether it is nobler in the mind", "to suffer the slings and arrows"]
MAX_LEN = 5


class Vocabulary:
    def __init__(self):
        self.index = {}

    def fit(self, texts):
        for text in texts:
            for word in text.split():
                if word not in self.index:
                    self.index[word] = len(self.index) + 1
        return self

    def encode(self, text):
        return [self.index[word] for word in text.split()]


vocabulary = Vocabulary().fit(TEXTS)
sequences = [vocabulary.encode(text) for text in TEXTS]
data = keras.utils.pad_sequences(sequences, maxlen=MAX_LEN)
targets = np.array([0, 1, 1, 0])
vocab_size = len(vocabulary.index)

model = keras.Sequential([
    layers.Input((MAX_LEN,)),
    layers.Embedding(vocab_size, 50, trainable=False),
    layers.Conv1D(16, 3, activation="relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("nadam", "binary_crossentropy")
model.fit(data, targets, epochs=1)
