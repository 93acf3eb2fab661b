import numpy as np
import tensorflow as tf
from tensorflow import keras

ARTICLES = 669


class CustomCrossEntropyLoss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        true_labels = tf.reshape(tf.cast(y_true, tf.int32), [-1])
        return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=true_labels, logits=y_pred)


class Retrieval(keras.Model):
    def __init__(self, articles, width=16):
        super().__init__()
        self.table = keras.layers.Embedding(articles + 1, width)
        self.gru = keras.layers.GRU(width)
        self.scores = keras.layers.Dense(articles)

    def call(self, history):
        return self.scores(self.gru(self.table(history)))


def transactions(customers=120, length=8):
    history = np.random.randint(1, ARTICLES + 1, size=(customers, length))
    bought = np.linspace(1, ARTICLES, customers).astype("int32")
    return tf.data.Dataset.from_tensor_slices((history, bought))


dataset = transactions().batch(16)
model = Retrieval(ARTICLES)
model.compile("adam", loss=CustomCrossEntropyLoss())
model.fit(dataset, epochs=1)
