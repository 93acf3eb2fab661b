import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class GraphConvolution(layers.Layer):
    def __init__(self, units, adjacency, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units, use_bias=False)
        self.adjacency = tf.constant(adjacency, tf.float32)
        self.activation = tf.keras.activations.get(activation)

    def call(self, nodes):
        return self.activation(tf.matmul(self.adjacency, self.dense(nodes)))


def normalized(edges, count):
    a = np.eye(count)
    for i, j in edges:
        a[i, j] = a[j, i] = 1
    d = np.diag(1 / np.sqrt(a.sum(axis=1)))
    return d @ a @ d


def gcn(nodes, features, adjacency, classes):
    x_in = tf.keras.Input((nodes, features))
    x = GraphConvolution(16, adjacency, "relu")(x_in)
    x = layers.Dropout(0.5)(x)
    return tf.keras.Model(x_in, GraphConvolution(classes, adjacency, "softmax")(x))


members = 34
edges = [(i, (7 * i + 3) % members) for i in range(members)]
model = gcn(members, 8, normalized(edges, members), 2)
