import re

import numpy as np
from tensorflow.keras.layers import GRU, Bidirectional, Dense, Dropout, Embedding, GlobalMaxPool1D, Input
from tensorflow.keras.models import Model

maxlen, max_features, embed_size = 20, 1000, 12
MAILS = ["win money now", "meeting at noon", "cheap watches now", "lunch tomorrow", "money for nothing"]


class Words:
    def __init__(self, num_words):
        self.num_words = num_words
        self.word_index = {}

    def fit_on_texts(self, texts):
        for text in texts:
            for word in re.findall(r"\w+", text.lower()):
                if word not in self.word_index:
                    self.word_index[word] = len(self.word_index) + 1


def load_vectors(words):
    return {word: np.random.normal(size=embed_size) for word in words}


tokenizer = Words(max_features)
tokenizer.fit_on_texts(MAILS)
embeddings_index = load_vectors(tokenizer.word_index)
all_embs = np.stack(list(embeddings_index.values()))
emb_mean, emb_std = all_embs.mean(), all_embs.std()
nb_words = min(max_features, len(tokenizer.word_index) + 1)
embedding_matrix = np.random.normal(emb_mean, emb_std, (nb_words, embed_size))
for word, i in tokenizer.word_index.items():
    if i >= max_features:
        continue
    embedding_matrix[i] = embeddings_index[word]

inp = Input(shape=(maxlen,))
x = Embedding(max_features, embed_size, weights=[embedding_matrix])(inp)
x = Bidirectional(GRU(8, return_sequences=True))(x)
x = GlobalMaxPool1D()(x)
x = Dense(16, activation="relu")(x)
x = Dropout(0.1)(x)
x = Dense(1, activation="sigmoid")(x)
model = Model(inputs=inp, outputs=x)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
