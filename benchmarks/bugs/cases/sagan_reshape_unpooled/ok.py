import keras
from keras import layers, ops


class AttentionSN(layers.Layer):
    """Self-attention over the positions of a map; keys and values are pooled."""

    def __init__(self, channels, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels
        self.theta = layers.Conv2D(channels // 8, 1, use_bias=False)
        self.phi = layers.Conv2D(channels // 8, 1, use_bias=False)
        self.g = layers.Conv2D(channels // 2, 1, use_bias=False)
        self.last = layers.Conv2D(channels, 1, use_bias=False)
        self.pool = layers.MaxPooling2D(2)

    def call(self, x):
        h, w = x.shape[1], x.shape[2]
        location_num = h * w
        downsampled_num = location_num // 4
        theta = ops.reshape(self.theta(x), (-1, location_num, self.channels // 8))
        phi = ops.reshape(self.pool(self.phi(x)), (-1, downsampled_num, self.channels // 8))
        attn = ops.softmax(ops.matmul(theta, ops.transpose(phi, (0, 2, 1))))
        g = ops.reshape(self.pool(self.g(x)), (-1, downsampled_num, self.channels // 2))
        attn_g = ops.matmul(attn, g)
        attn_g = ops.reshape(attn_g, (x.shape[0], h, w, self.channels // 2))
        return x + self.last(attn_g)


def discriminator(batch, size=32):
    image = keras.Input((size, size, 3), batch_size=batch)
    x = layers.Conv2D(64, 4, strides=2, padding="same", activation="relu")(image)
    x = AttentionSN(64)(x)
    x = layers.Conv2D(128, 4, strides=2, padding="same", activation="relu")(x)
    return keras.Model(image, layers.Dense(1)(layers.GlobalAveragePooling2D()(x)))


critic = discriminator(batch=8)
critic.summary()
