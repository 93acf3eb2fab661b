import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential

batch_size = 100
low_dim = 2


def calculate_P(X):
    n = X.shape[0]
    P = np.zeros([n, batch_size])
    for i in range(0, n, batch_size):
        batch = X[i:i + batch_size]
        distances = ((batch[:, None] - batch[None]) ** 2).sum(-1)
        P[i:i + len(batch), :len(batch)] = np.exp(-distances / 2)
    return P / P.sum(axis=1, keepdims=True)


def tsne(P, activations):
    v = low_dim - 1.0
    eps = 1e-7
    squares = tf.reduce_sum(tf.square(activations), axis=1)
    D = tf.reshape(squares, [-1, 1]) - 2 * tf.matmul(activations, activations, transpose_b=True)
    Q = tf.pow(1 + (squares + D) / v, -(v + 1) / 2)
    Q *= tf.constant(1 - np.eye(batch_size), dtype=tf.float32)
    Q = tf.maximum(Q / tf.reduce_sum(Q), eps)
    return tf.reduce_sum(P * tf.math.log((P + eps) / Q))


X_train = np.random.rand(700, 50).astype("float32")
P = calculate_P(X_train)

model = Sequential([Input((X_train.shape[1],)), Dense(64, activation="relu"), Dense(low_dim)])
model.compile(loss=tsne, optimizer="sgd")
model.fit(X_train, P, batch_size=batch_size, shuffle=False, epochs=1)
