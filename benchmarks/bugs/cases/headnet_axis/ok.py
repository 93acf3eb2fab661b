import tensorflow as tf

layers = tf.keras.layers
models = tf.keras.models


class ConvBlock(models.Model):
    def __init__(self, filters, size=3):
        super().__init__()
        self.conv = layers.Conv2D(filters, size, padding="same", use_bias=False)
        self.bn = layers.BatchNormalization()

    def call(self, x, training=False):
        return tf.nn.leaky_relu(self.bn(self.conv(x), training=training), alpha=0.1)


class Conv5(models.Model):
    def __init__(self, filters):
        super().__init__()
        for i, (f, s) in enumerate(zip(filters, [1, 3, 1, 3, 1])):
            setattr(self, "step%d" % i, ConvBlock(f, s))

    def call(self, x, training=False):
        for i in range(5):
            x = getattr(self, "step%d" % i)(x, training=training)
        return x


class Upsampling(models.Model):
    def __init__(self, filters):
        super().__init__()
        self.block = ConvBlock(filters, 1)
        self.up = layers.UpSampling2D(2)

    def call(self, x, training=False):
        x = self.block(x, training=training)
        return self.up(x)


class Headnet(models.Model):
    def __init__(self, n_classes=80):
        super().__init__()
        depth = 3 * (5 + n_classes)
        self.stage5 = Conv5([64, 128, 64, 128, 64])
        self.out5 = layers.Conv2D(depth, 1)
        self.up4 = Upsampling(32)
        self.stage4 = Conv5([32, 64, 32, 64, 32])
        self.out4 = layers.Conv2D(depth, 1)

    def call(self, stage4_in, stage5_in, training=False):
        x = self.stage5(stage5_in, training=training)
        big = self.out5(x)
        x = self.up4(x, training=training)
        x = layers.concatenate([x, stage4_in])
        x = self.stage4(x, training=training)
        return big, self.out4(x)


head = Headnet(n_classes=2)
s4 = tf.zeros((1, 16, 24, 128))
s5 = tf.zeros((1, 8, 12, 256))
for out in head(s4, s5):
    print(out.shape)
