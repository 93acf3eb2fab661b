import tf_keras as keras
from tf_keras import backend as K
from tf_keras import initializers
from tf_keras.layers import LSTM, Dense, Embedding, Input, Layer
from tf_keras.models import Model


class AttentionLayer(Layer):
    """Attention over the states of an LSTM."""

    def __init__(self, output_dim=None, init="glorot_uniform", bias=True, **kwargs):
        self.output_dim = output_dim
        self.supports_masking = True
        self.init = initializers.get(init)
        self.bias = bias
        super(AttentionLayer, self).__init__(**kwargs)

    def build(self, input_shape):
        input_dim = input_shape[2]
        if not self.output_dim:
            self.output_dim = input_dim
        self.steps = input_shape[1]
        self.W_s = self.add_weight(shape=(input_dim, self.output_dim), initializer=self.init, name="Ws")
        if self.bias:
            self.b_s = self.add_weight(shape=(self.output_dim,), initializer="zero", name="bs")
        self.z_s = self.add_weight(shape=(self.steps, 1), initializer=self.init, name="zs")
        self.built = True

    def call(self, x, mask=None):
        eij = K.dot(x, self.W_s)
        if self.bias:
            eij += self.b_s
        eij = K.tanh(eij)
        eij = K.dot(eij, self.z_s)
        a = K.softmax(K.squeeze(eij, axis=-1))
        weighted = x * K.expand_dims(a)
        return K.sum(weighted, axis=1)


words = Input((80,), dtype="int32")
x = Embedding(20000, 128)(words)
x = LSTM(64, return_sequences=True)(x)
x = AttentionLayer(output_dim=64)(x)
model = Model(words, Dense(1, activation="sigmoid")(x))
model.compile(loss="binary_crossentropy", optimizer="adam")
