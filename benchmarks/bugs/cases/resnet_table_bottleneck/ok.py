import tensorflow as tf
from tensorflow.keras import layers


class Block(layers.Layer):
    expansion = 1

    def __init__(self, channels, downsample=False):
        super().__init__()
        self.main = tf.keras.Sequential(self.convolutions(channels, 2 if downsample else 1))
        self.shortcut = None
        if downsample:
            self.shortcut = layers.Conv2D(channels * self.expansion, 1, strides=2)

    def convolutions(self, channels, stride):
        return [layers.Conv2D(channels, 3, strides=stride, padding="same"), layers.BatchNormalization(),
                layers.ReLU(), layers.Conv2D(channels, 3, padding="same"), layers.BatchNormalization()]

    def call(self, x):
        skip = x if self.shortcut is None else self.shortcut(x)
        return tf.nn.relu(self.main(x) + skip)


class Bottleneck(Block):
    expansion = 4

    def convolutions(self, channels, stride):
        return [layers.Conv2D(channels, 1), layers.BatchNormalization(), layers.ReLU(),
                layers.Conv2D(channels, 3, strides=stride, padding="same"), layers.BatchNormalization(),
                layers.ReLU(), layers.Conv2D(channels * self.expansion, 1), layers.BatchNormalization()]


DEPTHS = {18: (Block, [2, 2, 2, 2]), 50: (Bottleneck, [3, 4, 6, 3])}


class ResNet(tf.keras.Model):
    def __init__(self, res_n=18, width=32, classes=10):
        super().__init__()
        block, counts = DEPTHS[res_n]
        self.stem = layers.Conv2D(width, 3, padding="same")
        self.blocks = []
        for stage, count in enumerate(counts):
            for i in range(count):
                first = i == 0 and stage > 0
                self.blocks.append(block(width * 2**stage, downsample=first))
        self.head = layers.Dense(classes)

    def call(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(tf.reduce_mean(x, axis=[1, 2]))


net = ResNet(res_n=18)
print(net(tf.zeros((2, 32, 32, 3))).shape)
