import numpy as np
import pandas as pd
from tensorflow.keras import Model
from tensorflow.keras.layers import Concatenate, Conv1D, Dense, Dropout, Embedding, GlobalMaxPooling1D, Input
from tensorflow.keras.preprocessing.sequence import pad_sequences

META = ["extension", "dayofweek"]
SEQ_MAX = 30


def read_emails(extensions, days, labels):
    return pd.DataFrame({
        "tokens": [[3, 5, 8, 2], [7, 1], [4, 4, 9, 10, 6, 2]] * (len(labels) // 3),
        "extension": extensions,
        "dayofweek": days,
        "label": labels,
    })


df = read_emails(["pdf", "jpg", "none"] * 8, ["mon", "tue", "wed", "thu"] * 6, ["car", "home", "life"] * 8)
new = read_emails(["pdf", "docx", "jpg"] * 2 + ["none"] * 3, ["mon", "tue", "wed"] * 2 + ["thu", "thu", "mon"], [None] * 9)


class NeuralModel:
    def __init__(self, architecture, vocabulary=12, seq_max=SEQ_MAX):
        self.architecture_function = architecture
        self.vocabulary = vocabulary
        self.seq_max = seq_max
        self.model = None

    def fit(self, X, meta, y):
        classes = sorted(set(y))
        codes = y.map({name: i for i, name in enumerate(classes)}).to_numpy()
        self.model = self.architecture_function(self.vocabulary, self.seq_max, meta.shape[1], len(classes))
        self.model.compile("adam", "sparse_categorical_crossentropy")
        self.model.fit([self._texts(X), meta.astype("float32")], codes, epochs=1, verbose=0)
        return self

    def predict(self, X, meta):
        return self.model.predict([self._texts(X), meta.astype("float32")]).argmax(axis=1)

    def _texts(self, X):
        return pad_sequences(X["tokens"].tolist(), maxlen=self.seq_max)


def cnn_model(vocabulary, seq_max, nb_meta, ntargets):
    text_input = Input((seq_max,))
    x = Embedding(vocabulary, 20)(text_input)
    x = GlobalMaxPooling1D()(Conv1D(32, 2, activation="relu")(x))
    meta_input = Input((nb_meta,))
    hidden = Dropout(0.2)(Dense(16, activation="selu")(meta_input))
    return Model([text_input, meta_input], Dense(ntargets, activation="softmax")(Concatenate()([x, hidden])))


meta = pd.get_dummies(df[META])
nn_model = NeuralModel(cnn_model).fit(df, meta, df["label"])
meta_new = pd.get_dummies(new[META]).reindex(columns=meta.columns, fill_value=False)
print(nn_model.predict(new, meta_new))
