from dataclasses import dataclass

import keras
import numpy as np
from keras import layers


class SqueezeAndExcite2D(layers.Layer):
    def __init__(self, filters, ratio=0.25, **kwargs):
        super().__init__(**kwargs)
        if not 0 < ratio < 1:
            raise ValueError(f"`ratio` should be between 0 and 1, not {ratio}")
        self.filters = filters
        self.ratio = ratio
        self.se_filters = int(filters * ratio)
        self.ga_pool = layers.GlobalAveragePooling2D()
        self.squeeze_reshape = layers.Reshape((1, 1, self.filters))
        self.squeeze_conv = layers.Conv2D(self.se_filters, 1, activation="relu")
        self.excite_conv = layers.Conv2D(self.filters, 1, activation="sigmoid")

    def call(self, inputs):
        x = self.ga_pool(inputs)
        x = self.squeeze_reshape(x)
        x = self.excite_conv(self.squeeze_conv(x))
        return keras.ops.multiply(x, inputs)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "ratio": self.ratio}


@dataclass
class Stage:
    width: int
    expand: int
    stride: int


STAGES = [Stage(16, 1, 1), Stage(24, 4, 2), Stage(40, 4, 2)]


def inverted(x, stage):
    wide = x.shape[-1] * stage.expand
    y = layers.Conv2D(wide, 1, activation="swish")(x)
    y = layers.DepthwiseConv2D(3, strides=stage.stride, padding="same", activation="swish")(y)
    y = SqueezeAndExcite2D(stage.width)(y)
    y = layers.Conv2D(stage.width, 1)(y)
    if stage.stride == 1 and x.shape[-1] == stage.width:
        y = layers.Add()([x, y])
    return y


inputs = keras.Input((64, 64, 3))
x = layers.Conv2D(16, 3, strides=2, padding="same")(inputs)
for stage in STAGES:
    x = inverted(x, stage)
model = keras.Model(inputs, layers.Dense(7)(layers.GlobalAveragePooling2D()(x)))
print(model.predict(np.zeros((2, 64, 64, 3)), verbose=0).shape)
