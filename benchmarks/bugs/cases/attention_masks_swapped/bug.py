import numpy as np
from keras import Model, layers, ops


class Reader(Model):
    def __init__(self, vocab=1000, width=32):
        super().__init__()
        self.embed = layers.Embedding(vocab, width)
        self.attention = layers.Attention()
        self.pool = layers.GlobalMaxPooling1D()
        self.out = layers.Dense(2)

    def call(self, inputs):
        question, passage = inputs["question"], inputs["passage"]
        q_mask = ops.not_equal(question, 0)
        p_mask = ops.not_equal(passage, 0)
        q, p = self.embed(question), self.embed(passage)
        context = self.attention([q, p], mask=[p_mask, q_mask])
        return self.out(self.pool(context))


reader = Reader()
sample = {
    "question": np.random.randint(0, 1000, (3, 12)),
    "passage": np.random.randint(0, 1000, (3, 80)),
}
print(reader(sample).shape)
