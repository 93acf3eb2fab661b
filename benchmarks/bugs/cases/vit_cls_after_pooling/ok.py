import keras
from keras import layers


class PatchTokens(layers.Layer):
    def __init__(self, patch, width, **kwargs):
        super().__init__(**kwargs)
        self.project = layers.Conv2D(width, patch, strides=patch)
        self.flat = layers.Reshape((-1, width))

    def call(self, image):
        return self.flat(self.project(image))


def backbone(side=96, patch=16, width=64, depth=2, pooling=None):
    image = keras.Input((side, side, 3))
    x = PatchTokens(patch, width)(image)
    for _ in range(depth):
        y = layers.LayerNormalization()(x)
        x = x + layers.MultiHeadAttention(4, width // 4)(y, y)
        y = layers.Dense(2 * width, activation="gelu")(layers.LayerNormalization()(x))
        x = x + layers.Dense(width)(y)
    if pooling == "avg":
        x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(image, x, name="vit")


def classifier(classes, **options):
    vit = backbone(**options)
    vit.trainable = False
    scan = keras.Input(vit.input_shape[1:])
    tokens = vit(scan)
    cls_token = tokens[:, 0, :]
    return keras.Model(scan, layers.Dense(classes, activation="softmax")(cls_token))


classifier(5).summary()
