import re

import numpy as np
from tensorflow.keras.layers import GRU, Bidirectional, Dense, Embedding, Input
from tensorflow.keras.models import Model
from tensorflow.keras.utils import to_categorical, pad_sequences

MAX_SEQUENCE_LENGTH = 40
MAX_NB_WORDS = 200


def clean_str(string):
    string = re.sub(r"\\", "", string)
    return string.strip().lower()


def tokenize(texts):
    index = {}
    for text in texts:
        for word in text.split():
            index.setdefault(word, len(index) + 1)
    return index, [[index[word] for word in text.split()] for text in texts]


REVIEWS = [("A good film", 1), ("Bad actors and a bad story", 0), ("I slept", 0), ("Go and see it", 1)] * 8
texts, labels = [], []
for review, sentiment in REVIEWS:
    texts.append(clean_str(review))
    labels.append(sentiment)

word_index, sequences = tokenize(texts)
data = pad_sequences(sequences, maxlen=MAX_SEQUENCE_LENGTH)
labels = to_categorical(np.asarray(labels))
indices = np.arange(data.shape[0])
np.random.shuffle(indices)
data, labels = data[indices], labels[indices]
nb_validation_samples = int(0.2 * data.shape[0])
x_train, y_train = data[:-nb_validation_samples], labels[:-nb_validation_samples]
x_val, y_val = data[-nb_validation_samples:], labels[-nb_validation_samples:]
y_train, y_val = y_train.astype("float32"), y_val.astype("float32")

sequence_input = Input(shape=(MAX_SEQUENCE_LENGTH,), dtype="int32")
embedded = Embedding(len(word_index) + 1, 16)(sequence_input)
l_gru = Bidirectional(GRU(12))(embedded)
model = Model(sequence_input, Dense(2, activation="softmax")(l_gru))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["acc"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=1, batch_size=8)
