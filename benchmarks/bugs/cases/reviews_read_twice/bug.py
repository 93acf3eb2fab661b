import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing.sequence import pad_sequences

reviews = [
    ("a fine film and a fine cast", 1),
    ("the plot is thin and the jokes are thin", 0),
    ("i would see it again", 1),
    ("two hours that nobody gives back", 0),
]
max_length = 12


def read_sentences(data):
    for text, _ in data:
        yield text.lower().split()


sentences = read_sentences(reviews)
labels = np.array([label for _, label in reviews])
vocabulary = {}
for words in sentences:
    for word in words:
        vocabulary.setdefault(word, len(vocabulary) + 1)

encoded = [[vocabulary[word] for word in words] for words in sentences]
padded = pad_sequences(encoded, maxlen=max_length, padding="post")

model = tf.keras.Sequential([
    tf.keras.layers.Embedding(len(vocabulary) + 1, 16),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(6, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(padded, labels, epochs=2, verbose=0)
