import numpy as np
from keras.initializers import Constant
from keras.layers import LSTM, Dense, Embedding, Input
from keras.models import Sequential

EMBEDDING_DIM = 100
MAX_SEQUENCE_LENGTH = 25
question_words = "what colour is the cat on the red chair".split()
word_index = {word: i + 1 for i, word in enumerate(dict.fromkeys(question_words))}


def load_glove(words, dim=300):
    index = {}
    for word in words:
        index[word] = np.random.normal(size=dim).astype("float32")
    return index


embeddings_index = load_glove(word_index)
embedding_matrix = np.random.random((len(word_index) + 1, EMBEDDING_DIM))
for word, i in word_index.items():
    embedding_vector = embeddings_index.get(word)
    if embedding_vector is not None:
        embedding_matrix[i] = embedding_vector

model = Sequential([
    Input((MAX_SEQUENCE_LENGTH,)),
    Embedding(len(word_index) + 1, EMBEDDING_DIM, embeddings_initializer=Constant(embedding_matrix)),
    LSTM(32),
    Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((16, MAX_SEQUENCE_LENGTH)), np.arange(16) % 4, epochs=1)
