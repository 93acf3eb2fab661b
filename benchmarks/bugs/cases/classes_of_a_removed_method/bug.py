import numpy as np
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import pad_sequences, to_categorical

corpus = ["a long time ago in a galaxy far away", "may the force be with you", "i have a bad feeling about this"]
word_index = {}
for line in corpus:
    for word in line.split():
        word_index.setdefault(word, len(word_index) + 1)
total_words = len(word_index) + 1


def texts_to_sequences(texts):
    return [[word_index[w] for w in text.lower().split() if w in word_index] for text in texts]


input_sequences = []
for tokens in texts_to_sequences(corpus):
    for i in range(1, len(tokens)):
        input_sequences.append(tokens[:i + 1])
max_sequence_len = max(len(x) for x in input_sequences)
input_sequences = np.array(pad_sequences(input_sequences, maxlen=max_sequence_len, padding="pre"))
xs, labels = input_sequences[:, :-1], input_sequences[:, -1]
ys = to_categorical(labels, num_classes=total_words)

model = Sequential([
    Input((max_sequence_len - 1,)),
    Embedding(total_words, 100),
    Bidirectional(LSTM(15)),
    Dense(total_words, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(xs, ys, epochs=1, verbose=0)

seed_text = "i have a bad feeling"
for _ in range(3):
    token_list = texts_to_sequences([seed_text])[0]
    token_list = pad_sequences([token_list], maxlen=max_sequence_len - 1, padding="pre")
    predicted = model.predict_classes(token_list, verbose=0)
    seed_text += " " + next((w for w, i in word_index.items() if i == predicted), "")
print(seed_text)
