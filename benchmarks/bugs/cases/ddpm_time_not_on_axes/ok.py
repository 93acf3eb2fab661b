import keras
from keras import layers, ops


def sinusoidal(t, dims=32):
    freqs = ops.exp(ops.linspace(0.0, 6.9, dims // 2))
    angles = ops.cast(t, "float32") * freqs
    return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=-1)


class ResidualBlock(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.norm = layers.GroupNormalization(8)
        self.conv1 = layers.Conv2D(width, 3, padding="same", activation="swish")
        self.conv2 = layers.Conv2D(width, 3, padding="same")
        self.time = layers.Dense(width, activation="swish")
        self.match = layers.Conv2D(width, 1)

    def call(self, x, temb):
        h = self.conv1(self.norm(x))
        h = h + self.time(temb)[:, None, None, :]
        return self.match(x) + self.conv2(h)


def denoiser(size=28, widths=(32, 64)):
    noisy = keras.Input((size, size, 1))
    step = keras.Input((1,))
    temb = sinusoidal(step)
    x = layers.Conv2D(widths[0], 3, padding="same")(noisy)
    for width in widths:
        x = ResidualBlock(width)(x, temb)
    return keras.Model([noisy, step], layers.Conv2D(1, 3, padding="same")(x))


model = denoiser()
batch = [ops.zeros((8, 28, 28, 1)), ops.ones((8, 1))]
print(model(batch).shape)
