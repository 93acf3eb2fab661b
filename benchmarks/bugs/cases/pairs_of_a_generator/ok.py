import numpy as np
from tensorflow.keras.layers import Concatenate, Dense, Embedding, GlobalMaxPooling1D, Input
from tensorflow.keras.models import Model


class PairGenerator:
    def __init__(self, relations, batch_size):
        self.relations = relations
        self.batch_size = batch_size

    def get_batch(self):
        while True:
            Q = np.zeros((self.batch_size * 2, 10), dtype="int32")
            D = np.zeros((self.batch_size * 2, 40), dtype="int32")
            Y = np.zeros((self.batch_size * 2,), dtype="int32")
            Y[::2] = 1
            for i in range(self.batch_size):
                q, positive, negative = self.relations[i % len(self.relations)]
                Q[2 * i, :3] = q
                Q[2 * i + 1, :3] = q
            yield [Q, D], Y

    def generator(self):
        for X, Y in self.get_batch():
            yield {"query": X[0], "doc": X[1]}, Y.reshape(-1, 1)


query, doc = Input((10,), name="query"), Input((40,), name="doc")
emb = Embedding(100, 8)
both = Concatenate()([GlobalMaxPooling1D()(emb(query)), GlobalMaxPooling1D()(emb(doc))])
model = Model([query, doc], Dense(2, activation="softmax")(both))
model.compile("adam", "sparse_categorical_crossentropy")
gen = PairGenerator([([1, 2, 3], 5, 6), ([4, 5, 6], 1, 2)], 10)
model.fit(gen.generator(), steps_per_epoch=2, epochs=1, verbose=0)
