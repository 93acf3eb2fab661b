import keras
import numpy as np


class MLPBlock(keras.layers.Layer):
    def __init__(self, output_size, dropout_rate=0.3, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(output_size, activation="leaky_relu")
        self.dropout = keras.layers.Dropout(dropout_rate)

    def call(self, inputs, training=False):
        return self.dropout(self.dense(inputs), training=training)


class MLP(keras.Model):
    def __init__(self, sizes, output_size=2, dropout_rate=0.3, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [MLPBlock(size, dropout_rate) for size in sizes]
        self.head = keras.layers.Dense(output_size)

    def call(self, inputs, training=False):
        x = inputs
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(x)

    def get_config(self):
        config = super().get_config()
        config.update({"output_size": self.head.units})
        return config


teacher = MLP([16, 8], output_size=3)
teacher(np.zeros((1, 5)))
student = MLP.from_config(teacher.get_config())
student(np.zeros((1, 5)))
student.set_weights(teacher.get_weights())
