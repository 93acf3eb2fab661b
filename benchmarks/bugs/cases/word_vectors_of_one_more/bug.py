import io
import os

import numpy as np
from tensorflow.keras.initializers import Constant
from tensorflow.keras.layers import Conv1D, Dense, Embedding, GlobalMaxPooling1D, Input
from tensorflow.keras.models import Model

MAX_NB_WORDS = 50
EMBEDDING_DIM = 10
MAX_SEQUENCE_LENGTH = 30
GLOVE = os.path.join("glove", f"glove.{EMBEDDING_DIM}d.txt")


def vectors_file():
    if os.path.exists(GLOVE):
        return open(GLOVE, encoding="utf8")
    return io.StringIO("\n".join(f"word{i} " + " ".join(["0.25"] * EMBEDDING_DIM) for i in range(90)))


embeddings_index = {}
with vectors_file() as f:
    for line in f:
        word, *coefs = line.split()
        embeddings_index[word] = np.asarray(coefs, dtype="float32")

word_index = {f"word{i}": i + 1 for i in range(80)}
num_words = min(MAX_NB_WORDS, len(word_index))
embedding_matrix = np.zeros((num_words + 1, EMBEDDING_DIM))
for word, i in word_index.items():
    if i > num_words:
        continue
    embedding_vector = embeddings_index.get(word)
    if embedding_vector is not None:
        embedding_matrix[i] = embedding_vector

embedding_layer = Embedding(num_words, EMBEDDING_DIM, trainable=False)
sequence_input = Input(shape=(MAX_SEQUENCE_LENGTH,), dtype="int32")
embedded_sequences = embedding_layer(sequence_input)
embedding_layer.set_weights([embedding_matrix])
x = Conv1D(8, 5, activation="relu")(embedded_sequences)
preds = Dense(2, activation="softmax")(GlobalMaxPooling1D()(x))
model = Model(sequence_input, preds)
model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
