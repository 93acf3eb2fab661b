from collections import OrderedDict, namedtuple

from keras import Input, Model, ops
from keras.layers import Add, Concatenate, Dense, Embedding, Flatten, Lambda, Layer

SparseFeat = namedtuple("SparseFeat", ["name", "dimension", "embedding"])
DenseFeat = namedtuple("DenseFeat", ["name", "dimension"])


class FM(Layer):
    def call(self, inputs):
        square_of_sum = ops.square(ops.sum(inputs, axis=1))
        sum_of_square = ops.sum(ops.square(inputs), axis=1)
        return 0.5 * ops.sum(square_of_sum - sum_of_square, axis=1, keepdims=True)


def build_inputs(columns):
    made = OrderedDict()
    for c in columns:
        if isinstance(c, SparseFeat):
            made[c.name] = Input((1,), name=c.name, dtype="int32")
        else:
            made[c.name] = Input((c.dimension,), name=c.name)
    return made


def linear_logit(features, columns):
    parts = [Flatten()(Embedding(c.dimension, 1)(features[c.name])) for c in columns if isinstance(c, SparseFeat)]
    dense = [features[c.name] for c in columns if isinstance(c, DenseFeat)]
    joined = Concatenate()(parts + dense)
    return joined


def DeepFM(columns, hidden=(128, 64)):
    features = build_inputs(columns)
    sparse = [c for c in columns if isinstance(c, SparseFeat)]
    embeddings = [Embedding(c.dimension, c.embedding)(features[c.name]) for c in sparse]
    fm_input = Concatenate(axis=1)(embeddings)
    fm_logit = FM()(fm_input)
    deep = Concatenate()([Flatten()(fm_input)] + [features[c.name] for c in columns if isinstance(c, DenseFeat)])
    for units in hidden:
        deep = Dense(units, activation="relu")(deep)
    deep_logit = Dense(8)(deep)
    pooled = deep_logit
    logit = Add()([linear_logit(features, columns), fm_logit, pooled])
    return Model(list(features.values()), Lambda(ops.sigmoid)(logit))


columns = [SparseFeat("user", 1000, 8), SparseFeat("item", 500, 8), SparseFeat("city", 30, 8),
           DenseFeat("age", 1), DenseFeat("history", 10)]
model = DeepFM(columns)
