import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding, TimeDistributed
from tensorflow.keras.models import Sequential

sentences = [
    "the cat sat on the mat".split(),
    "dogs bark".split(),
    "birds sing in the early morning".split(),
] * 20
tags = [["D", "N", "V", "P", "D", "N"], ["N", "V"], ["N", "V", "P", "D", "A", "N"]] * 20

words = sorted({w for s in sentences for w in s})
word2index = {w: i + 2 for i, w in enumerate(words)}
word2index["-PAD-"] = 0
word2index["-OOV-"] = 1
tag2index = {t: i + 1 for i, t in enumerate(sorted({t for s in tags for t in s}))}
tag2index["-PAD-"] = 0

MAX_LENGTH = len(max(sentences, key=len))


def pad(rows):
    return tf.keras.utils.pad_sequences(rows, maxlen=MAX_LENGTH, padding="post")


X = pad([[word2index.get(w.lower(), 1) for w in s] for s in sentences])
Y = pad([[tag2index[t] for t in s] for s in tags])


def real_tags_accuracy(y_true, y_pred):
    wanted = tf.cast(tf.reshape(y_true, [-1]), tf.int64)
    guessed = tf.reshape(tf.argmax(y_pred, axis=-1), [-1])
    real = tf.cast(tf.not_equal(wanted, 0), tf.float32)
    right = tf.cast(tf.equal(wanted, guessed), tf.float32) * real
    return tf.reduce_sum(right) / tf.maximum(tf.reduce_sum(real), 1.0)


model = Sequential()
model.add(tf.keras.Input((MAX_LENGTH,)))
model.add(Embedding(len(word2index), 128))
model.add(Bidirectional(LSTM(64, return_sequences=True)))
model.add(TimeDistributed(Dense(len(tag2index), activation="softmax")))
model.compile(loss="sparse_categorical_crossentropy",
              optimizer=tf.keras.optimizers.Adam(0.001),
              metrics=["accuracy", real_tags_accuracy])
model.fit(X, Y, batch_size=20, epochs=2, validation_split=0.2)
