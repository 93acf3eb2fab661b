import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Embedding, GlobalAveragePooling1D, Input
from tensorflow.keras.utils import pad_sequences, to_categorical

MAX_LEN = 512
VOCAB = {"good": 1, "bad": 2, "plot": 3, "boring": 4, "great": 5, "actor": 6}


def tokenize(sentences):
    ids = [[VOCAB.get(word, 0) for word in sentence.split()] for sentence in sentences]
    return pad_sequences(ids, maxlen=MAX_LEN, padding="post")


texts = ["good plot", "bad actor", "boring plot bad", "great great"] * 6
sentiments = ["positive", "negative", "negative", "positive"] * 6
classes = ["negative", "neutral", "positive"]

input_ids = tokenize(texts)
labels = to_categorical([classes.index(s) for s in sentiments], 3)

ids = Input(shape=(MAX_LEN,), dtype=tf.int32, name="input_ids")
h = Embedding(len(VOCAB) + 1, 32)(ids)
h = GlobalAveragePooling1D()(h)
probs = Dense(3, activation="softmax")(h)
model = tf.keras.Model(inputs=ids, outputs=probs)
model.compile(
    optimizer=tf.keras.optimizers.Adam(learning_rate=2e-5),
    loss=tf.keras.losses.CategoricalCrossentropy(),
    metrics=["accuracy"],
)
model.fit({"input_ids": input_ids}, labels, batch_size=8, epochs=1)
