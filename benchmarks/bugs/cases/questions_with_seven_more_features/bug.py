import numpy as np
import pandas as pd
from keras.layers import LSTM, BatchNormalization, Dense, Dropout, Embedding, Input, concatenate
from keras.models import Model

MAX_SEQUENCE_LENGTH = 30
VOCABULARY = 500
BATCH_SIZE = 32
np.random.seed(0)


def nlp_frame(count):
    frame = pd.DataFrame({f"fuzz_{i}": np.random.rand(count) for i in range(15)})
    frame["len_diff"] = np.random.randint(0, 9, count)
    return frame


def non_nlp_frame(count, with_neighbours):
    frame = pd.DataFrame({f"freq_{i}": np.random.rand(count) for i in range(8)})
    if with_neighbours:
        for i in range(7):
            frame[f"neighbour_{i}"] = np.random.rand(count)
    return frame


def get_model(num_features):
    q1 = Input(shape=(MAX_SEQUENCE_LENGTH,), dtype="int32")
    q2 = Input(shape=(MAX_SEQUENCE_LENGTH,), dtype="int32")
    embedding, lstm = Embedding(VOCABULARY, 24), LSTM(16)
    x1, x2 = lstm(embedding(q1)), lstm(embedding(q2))
    features_input = Input(shape=(num_features,))
    dense = Dense(12, activation="relu")(BatchNormalization()(features_input))
    merged = concatenate([x1, x2, dense])
    merged = Dropout(0.3)(BatchNormalization()(merged))
    out = Dense(1, activation="sigmoid")(merged)
    return Model([q1, q2, features_input], out)


def questions(count):
    return np.random.randint(1, VOCABULARY, (count, MAX_SEQUENCE_LENGTH))


features_train = pd.concat([nlp_frame(128), non_nlp_frame(128, False)], axis=1).values
features_test = pd.concat([nlp_frame(40), non_nlp_frame(40, True)], axis=1).values
labels = np.random.randint(0, 2, 128)
model = get_model(features_train.shape[1])
model.compile(loss="binary_crossentropy", optimizer="nadam", metrics=["acc"])
model.fit([questions(128), questions(128), features_train], labels, batch_size=BATCH_SIZE, epochs=1, verbose=0)
preds = model.predict([questions(40), questions(40), features_test], batch_size=BATCH_SIZE, verbose=0)
print(preds.shape)
