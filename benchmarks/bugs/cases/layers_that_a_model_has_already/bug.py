import tensorflow as tf
from tensorflow import keras


class ResidualMLP(keras.Model):
    def __init__(self, width, depth, rate=0.1):
        super().__init__()
        self.stem = keras.layers.Dense(width)
        self.layers = [keras.layers.Dense(width, activation="relu") for _ in range(depth)]
        self.dropout = keras.layers.Dropout(rate)
        self.head = keras.layers.Dense(1)

    def call(self, x, training=False):
        h = self.stem(x)
        for layer in self.layers:
            h = h + self.dropout(layer(h), training=training)
        return self.head(h)


def count(width, depth):
    model = ResidualMLP(width, depth)
    model(tf.zeros((1, 8)))
    return model.count_params()


print(count(32, 3))
