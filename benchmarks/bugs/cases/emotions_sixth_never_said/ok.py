import json

import numpy as np
import tensorflow as tf

NUM_CLASSES = 6
LABELS = ["neutral", "happy", "sad", "hate", "anger"]
TEXTS = json.loads('[{"sentiment": "happy", "text": "so good"}, {"sentiment": "sad", "text": "rain again"}, {"sentiment": "anger", "text": "no no no"}, {"sentiment": "hate", "text": "spinach"}, {"sentiment": "neutral", "text": "a table"}]')


def to_sequences(texts, maxlen):
    words = sorted({word for text in texts for word in text.split()})
    index = {word: number for number, word in enumerate(words, 1)}
    rows = [[index[word] for word in text.split()] for text in texts]
    return tf.keras.utils.pad_sequences(rows, maxlen=maxlen), index


def to_labels(names):
    numbers = [LABELS.index(name) for name in names]
    return tf.keras.utils.to_categorical(np.asarray(numbers), NUM_CLASSES)


data, word_index = to_sequences([row["text"] for row in TEXTS * 10], 12)
labels = to_labels([row["sentiment"] for row in TEXTS * 10])
split = int(0.8 * len(data))
x_train, y_train, x_val, y_val = data[:split], labels[:split], data[split:], labels[split:]

words = tf.keras.Input((12,))
x = tf.keras.layers.Embedding(len(word_index) + 1, 10)(words)
x = tf.keras.layers.Conv1D(8, 3, activation="relu")(x)
x = tf.keras.layers.GlobalMaxPooling1D()(x)
model = tf.keras.Model(words, tf.keras.layers.Dense(NUM_CLASSES, activation="softmax")(x))
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=1, batch_size=10)
