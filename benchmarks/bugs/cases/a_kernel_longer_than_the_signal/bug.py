import numpy as np
from tensorflow.keras.layers import Conv1D, Dense, Flatten, Input, MaxPooling1D
from tensorflow.keras.models import Sequential


class SpeechEmotion:
    def __init__(self, n_mfcc=40, labels=8, kernel=5, pool=4):
        self.n_mfcc = n_mfcc
        self.labels = labels
        self.kernel = kernel
        self.pool = pool

    def build(self, filters):
        model = Sequential([Input((self.n_mfcc, 1))])
        for f in filters:
            model.add(Conv1D(f, self.kernel, activation="relu"))
            model.add(MaxPooling1D(self.pool))
        model.add(Flatten())
        model.add(Dense(self.labels, activation="softmax"))
        return model


mfcc = np.random.rand(6, 40, 1)
net = SpeechEmotion().build([32, 64, 128])
print(net.predict(mfcc, verbose=0).argmax(axis=1))
