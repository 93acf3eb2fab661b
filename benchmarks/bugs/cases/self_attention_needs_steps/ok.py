import keras
from keras import ops
from keras.layers import LSTM, Dense, Embedding, Flatten, Input, Layer

MAX_WORDS = 6000
MAX_WORDS_PER_REVIEW = 120
EMBEDDING_DIM = 64


class AdditiveSelfAttention(Layer):
    def __init__(self, units=32, attention_activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.attention_activation = keras.activations.get(attention_activation)

    def build(self, input_shape):
        feature_dim = int(input_shape[2])
        self.Wt = self.add_weight(shape=(feature_dim, self.units), name="Wt")
        self.Wx = self.add_weight(shape=(feature_dim, self.units), name="Wx")
        self.bh = self.add_weight(shape=(self.units,), initializer="zeros", name="bh")
        self.Wa = self.add_weight(shape=(self.units, 1), name="Wa")

    def call(self, inputs):
        q = ops.expand_dims(ops.matmul(inputs, self.Wt), 2)
        k = ops.expand_dims(ops.matmul(inputs, self.Wx), 1)
        e = ops.squeeze(ops.matmul(ops.tanh(q + k + self.bh), self.Wa), -1)
        if self.attention_activation is not None:
            e = self.attention_activation(e)
        return ops.matmul(ops.softmax(e, axis=-1), inputs)


review_input = Input(shape=(MAX_WORDS_PER_REVIEW,), dtype="int32")
embedding_review = Embedding(MAX_WORDS, EMBEDDING_DIM)(review_input)
lstm = LSTM(100, return_sequences=True)(embedding_review)
att_lstm = AdditiveSelfAttention(units=100, attention_activation="sigmoid")(lstm)
preds = Dense(1, activation="sigmoid")(Flatten()(att_lstm))
model = keras.Model(review_input, preds)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
