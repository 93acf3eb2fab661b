import keras
from keras import layers, ops

N_NODES = 34
N_FEATURES = 16
CHANNELS = (32, 16)
CLASSES = 4


class GCNConv(layers.Layer):
    def __init__(self, channels, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.projection = layers.Dense(channels, use_bias=False)
        if use_bias:
            self.bias = self.add_weight(shape=(channels,), initializer="zeros", name="bias")

    def call(self, inputs):
        x, a = inputs
        x = self.projection(x)
        x = ops.matmul(a, x)
        if self.use_bias:
            x = x + self.bias
        return self.activation(x)


def node_classifier():
    x_in = layers.Input((N_NODES, N_FEATURES), name="features")
    a_in = layers.Input((N_NODES, N_NODES), name="adjacency")
    h = GCNConv(CHANNELS[0], "relu")([x_in, a_in])
    h = layers.Dropout(0.5)(h)
    h = GCNConv(CHANNELS[1], "relu")(h)
    h = layers.Dropout(0.5)(h)
    out = layers.Dense(CLASSES, activation="softmax")(h)
    return keras.Model([x_in, a_in], out)


model = node_classifier()
model.compile("adam", "categorical_crossentropy")
