import keras
import numpy as np
from keras import layers, ops


class GCNConv(layers.Layer):
    def __init__(self, channels, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias

    def build(self, input_shape):
        features, adjacency = input_shape
        self.kernel = self.add_weight(shape=(features[-1], self.channels), name="kernel")
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.channels,), initializer="zeros", name="bias")

    def call(self, inputs):
        x, a = inputs
        output = ops.matmul(x, self.kernel)
        output = ops.matmul(a, output)
        if self.use_bias:
            output = output + self.bias
        return self.activation(output)


class MultiRelation(keras.Model):
    def __init__(self, hidden, classes, heads):
        super().__init__()
        self.heads = heads
        self.convs = [GCNConv(width, "relu") for width in hidden]
        self.head = layers.Dense(classes, activation="softmax")

    def call(self, inputs):
        x, a = inputs
        for conv in self.convs:
            x = conv([x, a])
        return self.head(ops.mean(x, axis=1))


nodes, features, heads, graphs = 14, 9, 4, 10
x = np.random.rand(graphs, nodes, features).astype("float32")
a = np.random.rand(graphs, heads, nodes, nodes).astype("float32")
model = MultiRelation([16, 16], 3, heads)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit([x[:, None], a], np.random.randint(0, 3, (graphs, nodes)), batch_size=5, epochs=1, verbose=0)
