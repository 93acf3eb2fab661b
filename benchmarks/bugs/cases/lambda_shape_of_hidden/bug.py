import numpy as np
from keras import Model, ops
from keras.layers import LSTM, Concatenate, Dense, Embedding, Input, Lambda, TimeDistributed

MAX_TOKENS = 100
embedding_dim = 40
hidden_dim = 50
NUM_CLASSES = 30

document = Input(shape=(None,), dtype="int32")
embedding = Embedding(MAX_TOKENS + 1, embedding_dim)(document)
forward = LSTM(hidden_dim, return_sequences=True)(embedding)
backward = LSTM(hidden_dim, return_sequences=True, go_backwards=True)(embedding)
together = Concatenate(axis=2)([forward, embedding, backward])
semantic = TimeDistributed(Dense(NUM_CLASSES, activation="tanh"))(together)
pool_rnn = Lambda(lambda x: ops.max(x, axis=1), output_shape=(hidden_dim,))(semantic)
output = Dense(NUM_CLASSES, activation="softmax")(pool_rnn)

model = Model(document, output)
doc_as_array = np.array([[1, 4, 5, 6]])
print(model.predict(doc_as_array, verbose=0).shape)
