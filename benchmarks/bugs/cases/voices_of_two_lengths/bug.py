import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import GRU, Dense, Embedding, Input, concatenate
from tensorflow.keras.models import Model

fft_size = 65
vocab = 30


def spectrogram(seconds):
    frames = int(seconds * 100)
    return np.random.rand(frames, fft_size).astype("float32")


X_voice = [spectrogram(s) for s in (1.2, 0.8, 2.0, 1.5, 0.7, 1.1, 1.9, 0.9)]
X_string = [np.random.randint(1, vocab, size=6) for _ in X_voice]
Y_string = [np.random.randint(1, vocab) for _ in X_voice]


class MySequence(tf.keras.utils.Sequence):
    def __init__(self, x_voice, x_string, y, batch_size):
        super().__init__()
        self.x_voice, self.x_string, self.y = x_voice, x_string, y
        self.batch_size = batch_size

    def __len__(self):
        return len(self.x_voice) // self.batch_size

    def __getitem__(self, idx):
        start = idx * self.batch_size
        end = start + self.batch_size
        batch_x_voice = self.x_voice[start:end]
        return (np.array(batch_x_voice), np.array(self.x_string[start:end])), np.array(self.y[start:end])


voice = Input((None, fft_size))
words = Input((6,))
merged = concatenate([GRU(32)(voice), GRU(32)(Embedding(vocab, 16)(words))])
model = Model([voice, words], Dense(vocab, activation="softmax")(merged))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(MySequence(X_voice, X_string, Y_string, 4), epochs=1)
