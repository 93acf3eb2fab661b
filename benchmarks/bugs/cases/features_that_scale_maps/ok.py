import keras
from keras import layers, ops


class FiLM(layers.Layer):
    def __init__(self, channels, **kwargs):
        super().__init__(**kwargs)
        self.gamma = layers.Dense(channels)
        self.beta = layers.Dense(channels)

    def call(self, x, condition):
        gamma = self.gamma(condition)[:, None, None, :]
        beta = self.beta(condition)[:, None, None, :]
        return x * (1 + gamma) + beta


class ConditionedBlock(layers.Layer):
    def __init__(self, filters, film_channels, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3, padding="same")
        self.norm = layers.GroupNormalization(8)
        self.film = FiLM(film_channels)

    def call(self, x, condition):
        h = self.norm(self.conv(x))
        return ops.relu(self.film(h, condition))


def network(shape, condition_size, filters):
    image, condition = keras.Input(shape), keras.Input((condition_size,))
    x = layers.Conv2D(filters[0], 3, padding="same")(image)
    previous = filters[0]
    for f in filters:
        x = ConditionedBlock(f, f)(x, condition)
        x = layers.MaxPooling2D()(x)
        previous = f
    return keras.Model([image, condition], layers.GlobalAveragePooling2D()(x))


network((32, 32, 3), 10, [16, 32, 64]).summary()
