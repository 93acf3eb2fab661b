import numpy as np
from tensorflow.keras.callbacks import Callback
from tensorflow.keras.layers import Bidirectional, Dense, Embedding, Input, LSTM
from tensorflow.keras.models import Model


class RocCallback(Callback):
    def __init__(self, interval=1):
        super().__init__()
        self.interval = interval
        self.scores = []
        self.validation_data = (texts[40:], toxic[40:])

    def on_epoch_end(self, epoch, logs={}):
        if epoch % self.interval == 0:
            x_val, y_val = self.validation_data[0], self.validation_data[1]
            y_pred = self.model.predict(x_val, verbose=0)
            order = np.argsort(y_pred.ravel())
            self.scores.append(np.mean(y_val.ravel()[order][len(order) // 2 :]))


def classifier(vocabulary, length):
    words = Input((length,))
    x = Embedding(vocabulary, 16)(words)
    x = Bidirectional(LSTM(8))(x)
    model = Model(words, Dense(1, activation="sigmoid")(x))
    model.compile(loss="binary_crossentropy", optimizer="adam")
    return model


texts = np.random.randint(0, 100, (60, 12))
toxic = np.random.randint(0, 2, (60, 1))
roc = RocCallback()
classifier(100, 12).fit(
    texts[:40], toxic[:40], validation_data=(texts[40:], toxic[40:]),
    epochs=1, verbose=0, callbacks=[roc])
print(roc.scores)
