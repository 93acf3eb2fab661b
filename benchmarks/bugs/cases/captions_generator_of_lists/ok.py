import string

import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout, Embedding, Input, add
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.utils import to_categorical

DESCRIPTIONS = {
    "1000268201": ["A child in a pink dress.", "A girl going into a wooden building ."],
    "1001773457": ["A black dog and a spotted dog are fighting"],
    "1002674143": ["A little girl covered in paint sits in front of a rainbow ."],
}


def clean(descriptions):
    table = str.maketrans("", "", string.punctuation)
    cleaned = {}
    for key, texts in descriptions.items():
        for text in texts:
            kept = [w.translate(table) for w in text.lower().split()]
            kept = [w for w in kept if len(w) > 1 and w.isalpha()]
            cleaned.setdefault(key, []).append(" ".join(["startseq", *kept, "endseq"]))
    return cleaned


descriptions = clean(DESCRIPTIONS)
lines = [d for texts in descriptions.values() for d in texts]
vocabulary = {w: i for i, w in enumerate(sorted(set(" ".join(lines).split())), 1)}
vocab_size = len(vocabulary) + 1
max_length = max(len(d.split()) for d in lines)
photos = {key: np.random.rand(1, 4096).astype("float32") for key in descriptions}


def data_generator(descriptions, photos):
    while True:
        for key, texts in descriptions.items():
            X1, X2, y = [], [], []
            for text in texts:
                seq = [vocabulary[w] for w in text.split()]
                for i in range(1, len(seq)):
                    X1.append(photos[key][0])
                    X2.append(pad_sequences([seq[:i]], maxlen=max_length)[0])
                    y.append(to_categorical([seq[i]], num_classes=vocab_size)[0])
            yield (np.array(X1), np.array(X2)), np.array(y)


inputs1 = Input(shape=(4096,))
fe = Dense(256, activation="relu")(Dropout(0.5)(inputs1))
inputs2 = Input(shape=(max_length,))
se = LSTM(256)(Dropout(0.5)(Embedding(vocab_size, 256)(inputs2)))
decoder = Dense(256, activation="relu")(add([fe, se]))
model = Model(inputs=[inputs1, inputs2], outputs=Dense(vocab_size, activation="softmax")(decoder))
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(data_generator(descriptions, photos), epochs=1, steps_per_epoch=len(descriptions), verbose=1)
