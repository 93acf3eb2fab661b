import numpy as np
import tensorflow as tf
from tensorflow import keras


class GraphConvolution(keras.layers.Layer):
    def __init__(self, units, input_dim, activation=None):
        super().__init__()
        self.activation = keras.activations.get(activation)
        self.kernel = self.add_weight(shape=(input_dim, units), initializer="glorot_uniform", name="kernel")

    def call(self, inputs):
        features, basis = inputs
        supports = tf.matmul(basis, features)
        return self.activation(tf.matmul(supports, self.kernel))


class GCN(keras.Model):
    def __init__(self, n_features, n_hidden, n_classes):
        super().__init__()
        self.drop = keras.layers.Dropout(0.5)
        widths = [n_hidden, n_classes]
        acts = ["relu", "softmax"]
        self.convs = [GraphConvolution(w, n_features, a) for w, a in zip(widths, acts)]

    def call(self, inputs, training=False):
        x, adjacency = inputs
        for conv in self.convs:
            x = self.drop(x, training=training)
            x = conv([x, adjacency])
        return x


def normalised(a):
    a = a + np.eye(a.shape[0], dtype="float32")
    d = np.diag(1.0 / np.sqrt(a.sum(1)))
    return (d @ a @ d).astype("float32")


nodes = np.random.rand(270, 143).astype("float32")
edges = np.random.randint(0, 2, size=(270, 270)).astype("float32")
gcn = GCN(nodes.shape[1], 16, 7)
print(gcn([nodes, normalised(edges)]).shape)
