import keras
from keras import layers, ops


class WindowPartition(layers.Layer):
    def __init__(self, window, **kwargs):
        super().__init__(**kwargs)
        self.window = window

    def call(self, x, H, W):
        C = x.shape[-1]
        rows, columns = H // self.window, W // self.window
        x = ops.reshape(x, (-1, rows, self.window, columns, self.window, C))
        x = ops.transpose(x, (0, 1, 3, 2, 4, 5))
        return ops.reshape(x, (-1, rows * columns, self.window * self.window, C))


inputs = keras.Input((16, 16, 3))
x = layers.Conv2D(8, 3, padding="same")(inputs)
height, width = x.shape[1], x.shape[2]
x = WindowPartition(4)(x, H=height, W=width)
outputs = layers.Dense(4)(x)
model = keras.Model(inputs, outputs)
model.summary()
