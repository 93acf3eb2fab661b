import keras
from keras import layers


class ResBlock(layers.Layer):
    def __init__(self, out_channels, groups=32, **kwargs):
        super().__init__(**kwargs)
        self.norm1 = layers.GroupNormalization(groups, epsilon=1e-5)
        self.conv1 = layers.Conv2D(out_channels, 3, padding="same")
        self.emb = layers.Dense(out_channels)
        self.norm2 = layers.GroupNormalization(groups, epsilon=1e-5)
        self.conv2 = layers.Conv2D(out_channels, 3, padding="same")
        self.skip = layers.Conv2D(out_channels, 1)

    def call(self, x, emb):
        h = self.conv1(keras.activations.swish(self.norm1(x)))
        h = h + self.emb(keras.activations.swish(emb))[:, None, None]
        h = self.conv2(keras.activations.swish(self.norm2(h)))
        return self.skip(x) + h


def encoder(shape, base, multipliers, emb_dim=128):
    image = keras.Input(shape)
    emb = keras.Input((emb_dim,))
    x = layers.Conv2D(base, 3, padding="same")(image)
    for m in multipliers:
        x = ResBlock(int(base * m))(x, emb)
        x = layers.Conv2D(x.shape[-1], 3, strides=2, padding="same")(x)
    return keras.Model([image, emb], x)


print(encoder((32, 32, 4), 32, (1, 1.5, 2)).output_shape)
