import keras
from keras import layers, ops


class ShuffleNet:
    OUT_CHANNELS = {1: 144, 2: 200, 3: 240, 4: 272, 8: 384}

    def __init__(self, groups=3, classes=1000, scale=1.0):
        self.groups = groups
        self.classes = classes
        self.stages = [int(self.OUT_CHANNELS[groups] * 2**i * scale) for i in range(3)]

    def shuffle(self, x):
        _, h, w, c = x.shape
        x = ops.reshape(x, (-1, h, w, self.groups, c // self.groups))
        return ops.reshape(ops.transpose(x, (0, 1, 2, 4, 3)), (-1, h, w, c))

    def unit(self, x, out_channels, stride):
        left = x
        if stride == 2:
            left = layers.AveragePooling2D(3, strides=2, padding="same")(x)
            out_channels -= x.shape[-1]
        y = layers.Conv2D(out_channels // 4, 1, groups=self.groups, activation="relu")(x)
        y = self.shuffle(y)
        y = layers.DepthwiseConv2D(3, strides=stride, padding="same")(y)
        y = layers.Conv2D(out_channels, 1, groups=self.groups)(y)
        merged = layers.Concatenate()([left, y]) if stride == 2 else layers.Add()([left, y])
        return layers.ReLU()(merged)

    def build(self, side=128):
        image = keras.Input((side, side, 3))
        x = layers.Conv2D(24, 3, strides=2, padding="same", activation="relu")(image)
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        for channels, repeats in zip(self.stages, (3, 7, 3)):
            x = self.unit(x, channels, stride=2)
            for _ in range(repeats):
                x = self.unit(x, channels, stride=1)
        x = layers.GlobalAveragePooling2D()(x)
        return keras.Model(image, layers.Dense(self.classes)(x))


net = ShuffleNet(groups=1, classes=20, scale=1.0).build()
print(net.count_params())
