from collections import OrderedDict

import keras
from keras import layers

FEATURES = OrderedDict(
    s16="block6a_expand_activation",
    s8="block4a_expand_activation",
    s4="block3a_expand_activation",
    s2="block2a_expand_activation",
)


class UnetBuilder:
    def __init__(self, input_shape, classes, decoder_filters=(64, 48, 32, 24, 16)):
        self.input_shape = input_shape
        self.classes = classes
        self.decoder_filters = decoder_filters

    def encoder(self):
        return keras.applications.EfficientNetB0(
            include_top=False, weights=None, input_shape=self.input_shape)

    @staticmethod
    def up(x, filters, skip=None):
        x = layers.UpSampling2D()(x)
        if skip is not None:
            x = layers.Concatenate()([x, skip])
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
            x = layers.ReLU()(layers.BatchNormalization()(x))
        return x

    def build(self):
        encoder = self.encoder()
        skips = [encoder.get_layer(n).output for n in FEATURES.values()]
        x = encoder.output
        for i, filters in enumerate(self.decoder_filters):
            x = self.up(x, filters, skips[i] if i < len(skips) else None)
        out = layers.Conv2D(self.classes, 3, padding="same", activation="softmax")(x)
        return keras.Model(encoder.input, out, name="unet")


model = UnetBuilder((228, 228, 3), classes=4).build()
print(model.output_shape)
