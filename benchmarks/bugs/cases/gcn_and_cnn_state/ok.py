import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers

adjacency = np.eye(16, dtype="float32") + np.roll(np.eye(16, dtype="float32"), 1, axis=1)


class GraphConv(layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.dense = layers.Dense(units)
        self.activation = tf.keras.activations.get(activation)

    def call(self, inputs):
        x, a = inputs
        degree = tf.reduce_sum(a, axis=-1, keepdims=True)
        return self.activation(tf.matmul(a / degree, self.dense(x)))


def graph_cnn(nodes, features, board=(4, 4, 1), actions=4):
    map_in = layers.Input(board, name="map")
    m = layers.Conv2D(32, 2, activation="relu", padding="same")(map_in)
    m = layers.MaxPooling2D(1, 1)(m)
    m = layers.Conv2D(32, 2, activation="relu", padding="same")(m)
    m = layers.Dense(32, activation="relu")(layers.Flatten()(m))

    node_in = layers.Input((nodes, features), name="nodes")
    edge_in = layers.Input((nodes, nodes), name="edges")
    g = GraphConv(32, "relu")([node_in, edge_in])
    g = GraphConv(32, "relu")([g, edge_in])

    g = layers.GlobalAveragePooling1D()(g)
    both = layers.Concatenate()([g, m])
    q = layers.Dense(actions)(layers.Dense(64, activation="relu")(both))
    return Model([map_in, node_in, edge_in], q)


model = graph_cnn(*adjacency[:, :4].shape)
model.compile("adam", "mse")
