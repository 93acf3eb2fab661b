import tensorflow as tf
from tensorflow.keras import Sequential, layers


class SSD(tf.keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.num_classes = num_classes
        self.blocks = [
            Sequential([layers.Conv2D(f, 3, strides=s, padding="same", activation="relu")])
            for f, s in ((16, 8), (32, 2), (32, 2))
        ]
        boxes = [4, 4, 6]
        self.conf_heads = [layers.Conv2D(n * num_classes, 3, padding="same") for n in boxes]
        self.loc_heads = [layers.Conv2D(n * 4, 3, padding="same") for n in boxes]

    def call(self, x):
        confs, locs = [], []
        for block, conf_head, loc_head in zip(self.blocks, self.conf_heads, self.loc_heads):
            x = block(x)
            conf = conf_head(x)
            confs.append(tf.reshape(conf, [conf.shape[0], -1, self.num_classes]))
            locs.append(tf.reshape(loc_head(x), [conf.shape[0], -1, 4]))
        return tf.concat(confs, axis=1), tf.concat(locs, axis=1)
