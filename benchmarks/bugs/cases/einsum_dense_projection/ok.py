import keras
from keras import layers


class Mixer:
    EQUATIONS = {"tokens": "bnc,nm->bmc", "channels": "bnc,cd->bnd"}

    def __init__(self, width):
        self.width = width

    def project(self, x, kind, size):
        shape = (size, self.width) if kind == "tokens" else (None, size)
        return layers.EinsumDense(self.EQUATIONS[kind], output_shape=shape,
                                  activation="gelu", name=f"{kind}_mix")(x)

    def __call__(self, x):
        tokens = x.shape[1]
        mixed = self.project(layers.LayerNormalization()(x), "tokens", tokens)
        x = layers.Add()([x, mixed])
        mixed = self.project(layers.LayerNormalization()(x), "channels", self.width)
        return layers.Add()([x, mixed])


image = keras.Input((64, 64, 3))
patches = layers.Conv2D(96, 8, strides=8)(image)
x = layers.Reshape((-1, 96))(patches)
x = Mixer(96)(x)
model = keras.Model(image, layers.Dense(10)(layers.GlobalAveragePooling1D()(x)))
model.summary()
