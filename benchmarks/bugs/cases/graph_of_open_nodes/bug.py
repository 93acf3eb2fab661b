import numpy as np
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import Dense, Dropout, Input, Layer


class GraphConvolution(Layer):
    def __init__(self, units, support=1, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.support = support
        self.activation = tf.keras.activations.get(activation)
        assert support >= 1

    def build(self, input_shapes):
        features_shape = input_shapes[0]
        assert len(features_shape) == 2
        self.kernel = self.add_weight(
            shape=(features_shape[1] * self.support, self.units), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        features, basis = inputs[0], inputs[1:]
        supports = [tf.matmul(a, features) for a in basis]
        supports = tf.concat(supports, axis=1)
        return self.activation(tf.matmul(supports, self.kernel) + self.bias)


def graph_model(n_features, classes, support=1, hidden=16):
    x_in = Input(shape=(n_features,))
    bases = [Input(batch_shape=(None, None)) for _ in range(support)]
    h = Dropout(0.5)(x_in)
    h = GraphConvolution(hidden, support, activation="relu")([h] + bases)
    h = Dropout(0.5)(h)
    y = GraphConvolution(classes, support, activation="softmax")([h] + bases)
    return Model([x_in] + bases, y)


papers, words, topics = 60, 30, 7
features = np.random.rand(papers, words).astype("float32")
adjacency = np.eye(papers, dtype="float32")
labels = np.eye(topics)[np.random.randint(0, topics, papers)]

model = graph_model(words, topics, support=2)
model.compile("adam", "categorical_crossentropy")
model.fit([features, adjacency, adjacency], labels, batch_size=32, epochs=1, shuffle=False, verbose=0)
