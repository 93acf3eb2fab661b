import numpy as np
import tensorflow as tf


class Block(tf.keras.layers.Layer):
    def __init__(self, filters, convs=2, **kwargs):
        super().__init__(**kwargs)
        self.steps = [tf.keras.layers.Conv2D(filters, 3, padding="same", activation="relu")
                      for _ in range(convs)]

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


class UNet2D(tf.keras.Model):
    def __init__(self, network_depth=4, initial_filters=16, **kwargs):
        super().__init__(**kwargs)
        self.network_depth = network_depth
        self.down = [Block(initial_filters * 2 ** d) for d in range(network_depth)]
        self.shrink = [tf.keras.layers.Conv2D(initial_filters * 2 ** (d + 1), 2, strides=2, padding="same")
                       for d in range(network_depth - 1)]
        self.grow = [tf.keras.layers.Conv2DTranspose(initial_filters * 2 ** d, 2, strides=2, padding="same")
                     for d in range(network_depth - 1)]
        self.up = [Block(initial_filters * 2 ** d) for d in range(network_depth - 1)]
        self.head = tf.keras.layers.Conv2D(2, 1)

    def call(self, inputs):
        level = [[None, None] for _ in range(self.network_depth)]
        x = inputs
        for depth in range(self.network_depth):
            x = self.down[depth](x)
            level[depth][0] = x
            if depth != self.network_depth - 1:
                x = self.shrink[depth](x)
        for depth in range(self.network_depth - 2, -1, -1):
            up_convolution_layer = self.grow[depth](x)
            concat_layer = tf.keras.layers.concatenate([level[depth][0], up_convolution_layer], axis=-1)
            level[depth][1] = concat_layer
            x = self.up[depth](concat_layer)
        return self.head(x)


if __name__ == "__main__":
    model = UNet2D(network_depth=4)
    scan = np.zeros((1, 100, 88, 2), dtype="float32")
    print(model(scan).shape)
