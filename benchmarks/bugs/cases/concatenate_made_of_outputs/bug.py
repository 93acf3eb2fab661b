import numpy as np
from tensorflow.keras import Model, Sequential
from tensorflow.keras.layers import LSTM, Concatenate, Dense, Dropout, Embedding, InputLayer
from tensorflow.keras.preprocessing.sequence import pad_sequences

docs = ["fine day at sea", "a dog that barks", "they stole my lunch again", "nothing to see"] * 8
index = {w: i + 1 for i, w in enumerate(sorted({w for d in docs for w in d.split()}))}
padded_docs = pad_sequences([[index[w] for w in d.split()] for d in docs], maxlen=8)
img_vectors = np.random.rand(len(docs), 512).astype("float32")
embedding_matrix = np.random.rand(len(index) + 1, 50)


def build_img_model(img_vectors):
    model = Sequential()
    model.add(InputLayer(shape=img_vectors.shape[1:]))
    model.add(Dense(128, activation="relu"))
    return model


def build_word_model(embedding_matrix, input_length):
    vocabulary, width = embedding_matrix.shape
    model = Sequential()
    model.add(InputLayer(shape=(input_length,)))
    embedding = Embedding(vocabulary, width, trainable=False)
    model.add(embedding)
    embedding.set_weights([embedding_matrix])
    model.add(LSTM(64))
    return model


def build_merged_model(img_vectors, embedding_matrix, input_length):
    img_encoder = build_img_model(img_vectors)
    wrd_encoder = build_word_model(embedding_matrix, input_length)
    merged = Concatenate([img_encoder.outputs[0], wrd_encoder.outputs[0]])
    x = merged
    for layer in (Dense(256, activation="relu", name="fc_1"), Dropout(0.2), Dense(128, activation="relu", name="fc_2")):
        x = layer(x)
    out = Dense(2, activation="softmax")(x)
    model = Model([img_encoder.inputs[0], wrd_encoder.inputs[0]], out)
    model.compile(optimizer="Adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


model = build_merged_model(img_vectors, embedding_matrix, padded_docs.shape[1])
model.fit([img_vectors, padded_docs], np.arange(len(docs)) % 2, epochs=1)
