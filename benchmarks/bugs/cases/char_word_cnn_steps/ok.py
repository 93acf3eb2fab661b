from tensorflow.keras.layers import (Bidirectional, Conv1D, Dense, Embedding, Flatten, GRU, Input,
                                     MaxPool1D, concatenate)
from tensorflow.keras.models import Model

sequence_length, sequence_length_word = 140, 140
vocab_chars, vocab_words = 69, 20000
filter_sizes = [1, 2, 3, 5]
num_filters = 36

inputs_char = Input(shape=(sequence_length,), name="chars", dtype="int64")
inputs_word = Input(shape=(sequence_length_word,), name="words", dtype="int64")
char_embedding = Embedding(vocab_chars + 1, 70)(inputs_char)
word_embedding = Embedding(vocab_words, 50)(inputs_word)

x = Bidirectional(GRU(64, return_sequences=True))(char_embedding)
pooled = []
for size in filter_sizes:
    conv = Conv1D(num_filters, kernel_size=size, activation="relu", padding="same")(x)
    pooled.append(MaxPool1D(pool_size=2)(conv))

z = concatenate(pooled)
flat = concatenate([Flatten()(z), Flatten()(word_embedding)])
prediction = Dense(2, activation="softmax")(Dense(64, activation="relu")(flat))
model = Model(inputs=[inputs_char, inputs_word], outputs=prediction)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
