import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers

N, F, CLASSES = 654, 48, 10


class GCNConv(layers.Layer):
    def __init__(self, channels, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(channels, use_bias=False)
        self.act = layers.Activation(activation)

    def call(self, inputs):
        x, a = inputs
        return self.act(tf.matmul(a, self.dense(x)))

    @staticmethod
    def preprocess(a):
        a = a + np.eye(len(a))
        degree = 1 / np.sqrt(a.sum(axis=1))
        return (a * degree).T * degree


def load():
    adjacency = (np.random.rand(N, N) < 0.01).astype("f4")
    return GCNConv.preprocess(adjacency).astype("f4"), np.random.rand(N, F).astype("f4")


A, nodes = load()
targets = tf.keras.utils.to_categorical(np.random.randint(CLASSES, size=N), CLASSES)
X_in = Input(shape=(F,))
A_in = Input(shape=(N,))
X_1 = GCNConv(128, "relu")([X_in, A_in])
X_1 = layers.Dropout(0.2)(X_1)
X_2 = GCNConv(CLASSES, activation="softmax")([X_1, A_in])
model = Model(inputs=[X_in, A_in], outputs=X_2)
model.compile(optimizer="adam", loss="categorical_crossentropy", weighted_metrics=["acc"])
model.fit([nodes, A], targets, shuffle=False, epochs=1)
