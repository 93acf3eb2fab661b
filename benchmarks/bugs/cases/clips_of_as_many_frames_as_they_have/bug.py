import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

CLASSES = ["Archery", "Bowling", "Diving", "Fencing"]


class DataSet:
    def __init__(self, seq_length=40):
        self.seq_length = seq_length
        self.data = [(name, 30 + 7 * number) for number in range(5) for name in CLASSES]

    def get_extracted_sequence(self, frames):
        return np.random.rand(frames, 128).astype("float32")

    def get_class_one_hot(self, name):
        return to_categorical(CLASSES.index(name), len(CLASSES))

    def get_all_sequences_in_memory(self):
        X, y = [], []
        for name, frames in self.data:
            X.append(self.get_extracted_sequence(frames))
            y.append(self.get_class_one_hot(name))
        X = np.array(X)
        return X, np.array(y)


data = DataSet()
X, y = data.get_all_sequences_in_memory()
model = Sequential([Input((data.seq_length, 128)), LSTM(64), Dropout(0.5), Dense(len(CLASSES), activation="softmax")])
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, batch_size=4, epochs=1)
