import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import constraints, initializers, regularizers
from tensorflow.keras.layers import Dense, Embedding, GlobalAveragePooling1D, Input, Layer, Softmax
from tensorflow.keras.models import Model


class WeightedAspectEmb(Layer):
    def __init__(self, input_dim, output_dim, init="uniform", input_length=None, W_regularizer=None, W_constraint=None,
                 weights=None, **kwargs):
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.init = initializers.get(init)
        self.input_length = input_length
        self.W_constraint = constraints.get(W_constraint)
        self.W_regularizer = regularizers.get(W_regularizer)
        self.initial_weights = weights
        kwargs["dtype"] = K.floatx()
        super().__init__(**kwargs)

    def build(self, input_shape):
        self.W = self.add_weight(
            shape=(self.input_dim, self.output_dim),
            initializer=self.init,
            name=f"{self.name}_W",
            regularizer=self.W_regularizer,
            constraint=self.W_constraint,
        )

    def call(self, x):
        return tf.matmul(x, self.W)


class Args:
    vocab_size, emb_dim, aspect_size, overall_maxlen = 300, 40, 14, 20


def create_model(args):
    sentence_input = Input(shape=(args.overall_maxlen,), dtype="int32", name="sentence_input")
    word_emb = Embedding(args.vocab_size, args.emb_dim, name="word_emb")(sentence_input)
    z_s = GlobalAveragePooling1D()(word_emb)
    p_t = Softmax(name="p_t")(Dense(args.aspect_size)(z_s))
    r_s = WeightedAspectEmb(args.aspect_size, args.emb_dim, name="aspect_emb")(p_t)
    return Model(inputs=sentence_input, outputs=[z_s, r_s])


model = create_model(Args())
print([o.shape for o in model.predict(np.random.randint(0, 300, (3, 20)), verbose=0)])
