import tensorflow as tf
from tensorflow.keras import layers


class Stage(layers.Layer):
    def __init__(self, filters, stride, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3, strides=stride, padding="same")
        self.norm = layers.BatchNormalization()

    def call(self, x, training=False):
        return tf.nn.relu(self.norm(self.conv(x), training=training))


class FPN(tf.keras.Model):
    def __init__(self, widths=(16, 32, 64, 128), strides=(2, 2, 1, 2)):
        super().__init__()
        self.stages = [Stage(w, s) for w, s in zip(widths, strides)]
        self.laterals = [layers.Conv2D(64, 1) for _ in widths]
        self.up = layers.UpSampling2D(2)
        self.heads = [layers.Conv2D(9, 3, padding="same") for _ in widths]

    def call(self, images, training=False):
        features = []
        x = images
        for stage in self.stages:
            x = stage(x, training=training)
            features.append(x)
        top = self.laterals[-1](features[-1])
        outputs = [top]
        for lateral, feature in zip(self.laterals[-2::-1], features[-2::-1]):
            top = self.up(top) + lateral(feature)
            outputs.append(top)
        return [head(o) for head, o in zip(self.heads, outputs)]


if __name__ == "__main__":
    detector = FPN()
    maps = detector(tf.zeros((1, 128, 128, 3)))
    print([m.shape for m in maps])
