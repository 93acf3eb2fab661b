from collections import OrderedDict, namedtuple

import tensorflow as tf
from tensorflow.keras.layers import Concatenate, Dense, Embedding, Flatten, Input, Lambda, add


class SparseFeat(namedtuple("SparseFeat", ["name", "vocabulary_size", "embedding_dim"])):
    __slots__ = ()

    def __new__(cls, name, vocabulary_size, embedding_dim=4):
        if embedding_dim == "auto":
            embedding_dim = 6 * int(pow(vocabulary_size, 0.25))
        return super().__new__(cls, name, vocabulary_size, embedding_dim)


def concat_func(inputs, axis=-1):
    if len(inputs) == 1:
        return inputs[0]
    return Concatenate(axis=axis)(inputs)


def fm(x):
    square_of_sum = tf.square(tf.reduce_sum(x, axis=1, keepdims=True))
    sum_of_square = tf.reduce_sum(x * x, axis=1, keepdims=True)
    return 0.5 * tf.reduce_sum(square_of_sum - sum_of_square, axis=2)


def DeepFM(columns, hidden=(128, 64)):
    inputs = OrderedDict((c.name, Input(shape=(1,), name=c.name)) for c in columns)
    embedded = [Embedding(c.vocabulary_size, c.embedding_dim)(inputs[c.name]) for c in columns]
    fm_logit = Lambda(fm, output_shape=(1,))(concat_func(embedded, axis=1))
    x = Flatten()(concat_func(embedded))
    for units in hidden:
        x = Dense(units, activation="relu")(x)
    logit = add([Dense(1, use_bias=False)(x), fm_logit])
    return tf.keras.Model(list(inputs.values()), tf.keras.layers.Activation("sigmoid")(logit))


cate_columns = {"C1": 1460, "C2": 583, "C3": 90}
model = DeepFM([SparseFeat(c, n, "auto") for c, n in cate_columns.items()])
model.summary()
