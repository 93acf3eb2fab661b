from tensorflow.keras.layers import *
from tensorflow.keras.models import Model

import settings


def unet():
    inputs = Input((settings.IMG_SIZE, settings.IMG_SIZE, 1))
    stack = []
    x = inputs
    for level in range(3):
        x = Conv2D(settings.BASE_FILTERS * 2 ** level, 3, padding="same")(x)
        stack.append(x)
        x = MaxPooling2D()(x)
    while stack:
        x = UpSampling2D()(x)
        x = concatenate([x, stack.pop()])
    return Model(inputs, x)
