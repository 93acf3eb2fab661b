import tensorflow as tf
from tensorflow.keras.layers import (
    Activation, BatchNormalization, Concatenate, Conv2D, Conv2DTranspose, Input, MaxPool2D,
)
from tensorflow.keras.models import Model


class Unet:
    def __init__(self, n_classes, shape=(128, 128, 3), filters=(16, 32, 64)):
        self.n_classes = n_classes
        self.shape = shape
        self.filters = list(filters)

    def conv(self, x, filters):
        for _ in range(2):
            x = Conv2D(filters, (3, 3), padding="same", kernel_initializer="he_normal")(x)
            x = BatchNormalization()(x)
            x = Activation("relu")(x)
        return x

    def encoder(self, x):
        skips = []
        for filters in self.filters:
            x = self.conv(x, filters)
            skips.append(x)
            x = MaxPool2D((2, 2))(x)
        return x, skips

    def decoder(self, x, skips):
        for filters, skip in zip(reversed(self.filters), reversed(skips)):
            x = Conv2DTranspose(filters, (2, 2), strides=2, padding="same")(x)
            x = Concatenate()([x, skip])
            x = self.conv(x, filters)
        return x

    def build(self):
        inputs = Input(self.shape)
        x, skips = self.encoder(inputs)
        x = self.conv(x, self.filters[-1] * 2)
        x = self.decoder(x, skips)
        outputs = Conv2D(self.n_classes, 1, activation="softmax")(x)
        return Model(inputs, outputs)


size = {"height": 128, "width": 120}
unet = Unet(n_classes=4, shape=(size["height"], size["width"], 3)).build()
unet.compile(tf.keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
unet.summary()
