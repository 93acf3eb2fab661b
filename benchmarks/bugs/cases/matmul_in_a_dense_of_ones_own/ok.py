import numpy as np
import tensorflow as tf


def weight_variable_glorot(input_dim, output_dim, name=""):
    init_range = np.sqrt(6.0 / (input_dim + output_dim))
    initial = tf.random.uniform([input_dim, output_dim], minval=-init_range, maxval=init_range)
    return tf.Variable(initial, name=name)


class MyLayer:
    def __init__(self, name, act):
        self.name = name
        self.act = act
        self.vars = {}

    def __call__(self, inputs):
        return self._call(inputs)


class Dense(MyLayer):
    def __init__(self, input_dim, output_dim, dropout=0.0, act=tf.nn.relu, name="dense"):
        super().__init__(name, act)
        self.dropout = dropout
        self.vars["weights"] = weight_variable_glorot(input_dim, output_dim, name + "_weights")
        self.vars["bias"] = tf.Variable(tf.zeros([output_dim]), name=name + "_bias")

    def _call(self, inputs):
        x = tf.keras.layers.Dropout(self.dropout)(inputs)
        output = tf.matmul(x, self.vars["weights"])
        return self.act(output + self.vars["bias"])


class GCNModelAE:
    def __init__(self, placeholders, num_features, num_nodes, hidden1=64, hidden2=32):
        self.inputs = placeholders["features"]
        self.num_nodes = num_nodes
        self.hidden1 = Dense(num_features, hidden1, name="encoder_1")(self.inputs)
        self.embeddings = Dense(hidden1, hidden2, name="encoder_2")(self.hidden1)
        self.hidden3 = Dense(hidden2, hidden1, name="decoder_1")(self.embeddings)
        self.reconstructions = Dense(hidden1, num_features, act=tf.nn.sigmoid, name="decoder_2")(self.hidden3)


num_nodes, num_features = 40, 25
features = np.random.rand(num_nodes, num_features).astype("float32")
placeholders = {
    "features": tf.constant(features),
    "dropout": 0.0,
}
model = GCNModelAE(placeholders, num_features, num_nodes)
print(model.embeddings.shape, model.reconstructions.shape)
