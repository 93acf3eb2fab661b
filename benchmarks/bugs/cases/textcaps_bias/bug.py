import keras
from keras import layers, ops


class Squash(layers.Layer):
    def call(self, s):
        n2 = ops.sum(ops.square(s), axis=-1, keepdims=True)
        return s * (n2 / (1.0 + n2)) / ops.sqrt(n2 + 1e-7)

    def compute_output_shape(self, shape):
        return shape


class DigitCaps(layers.Layer):
    def __init__(self, num_capsule, dim_capsule, channels, **kw):
        super().__init__(**kw)
        self.num_capsule, self.dim_capsule, self.channels = num_capsule, dim_capsule, channels
        self.squash = Squash()

    def build(self, input_shape):
        _, self.n_in, self.d_in = input_shape
        self.W = self.add_weight(shape=(self.num_capsule, self.n_in, self.d_in, self.dim_capsule),
                                 initializer="glorot_uniform", name="W")
        self.B = self.add_weight(shape=(self.num_capsule, self.dim_capsule), initializer="zeros", name="bias")

    def call(self, x):
        votes = ops.einsum("bid,nide->bnie", x, self.W)
        weights = ops.softmax(ops.sum(votes, axis=-1), axis=1)
        routed = ops.einsum("bni,bnie->bnie", weights, votes)
        return self.squash(routed + self.B)


def textcaps(shape=(28, 28, 1), n_class=47):
    img = keras.Input(shape)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(img)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(128, 9, strides=2, padding="valid", activation="relu")(x)
    primary = layers.Conv2D(32 * 8, 9, strides=2, padding="valid")(x)
    primary = layers.Reshape((-1, 8))(primary)
    primary = Squash(name="primary_squash")(primary)
    caps = DigitCaps(n_class, 16, channels=32, name="digitcaps")(primary)
    length = layers.Lambda(lambda v: ops.sqrt(ops.sum(ops.square(v), axis=-1)), name="capsnet")(caps)
    return keras.Model(img, length)


if __name__ == "__main__":
    textcaps().summary()
