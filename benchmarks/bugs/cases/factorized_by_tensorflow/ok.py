from keras import ops
from tensorflow.keras import layers
from tensorflow.keras.models import Model

vocabulary = {"job": 12, "marital": 4, "education": 5}


def fm(embeddings):
    stacked = layers.Concatenate(axis=1)(embeddings)
    square_of_sum = ops.square(ops.sum(stacked, axis=1, keepdims=True))
    sum_of_square = ops.sum(stacked * stacked, axis=1, keepdims=True)
    cross = 0.5 * (square_of_sum - sum_of_square)
    return layers.Flatten()(cross)


inputs = [layers.Input((1,), name=name) for name in vocabulary]
embeddings = [layers.Embedding(size, 4)(x) for x, size in zip(inputs, vocabulary.values())]
out = layers.Dense(1, activation="sigmoid")(fm(embeddings))
model = Model(inputs, out)
model.compile("adam", "binary_crossentropy")
