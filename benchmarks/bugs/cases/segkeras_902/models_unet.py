from tensorflow.keras.layers import (BatchNormalization, Conv2D, UpSampling2D,
                                     ZeroPadding2D, concatenate)
from tensorflow.keras.models import Model

from models_encoder import IMAGE_ORDERING, MERGE_AXIS, vanilla_encoder


def _unet(n_classes, encoder, l1_skip_conn=True, input_height=416,
          input_width=608, channels=3):
    img_input, levels = encoder(
        input_height=input_height, input_width=input_width, channels=channels)
    [f1, f2, f3, f4, f5] = levels

    o = f4
    o = ZeroPadding2D((1, 1), data_format=IMAGE_ORDERING)(o)
    o = Conv2D(512, (3, 3), padding="valid", activation="relu",
               data_format=IMAGE_ORDERING)(o)
    o = BatchNormalization()(o)

    o = UpSampling2D((2, 2), data_format=IMAGE_ORDERING)(o)
    o = concatenate([o, f3], axis=MERGE_AXIS)
    o = ZeroPadding2D((1, 1), data_format=IMAGE_ORDERING)(o)
    o = Conv2D(256, (3, 3), padding="valid", activation="relu",
               data_format=IMAGE_ORDERING)(o)
    o = BatchNormalization()(o)

    o = UpSampling2D((2, 2), data_format=IMAGE_ORDERING)(o)
    o = concatenate([o, f2], axis=MERGE_AXIS)
    o = ZeroPadding2D((1, 1), data_format=IMAGE_ORDERING)(o)
    o = Conv2D(128, (3, 3), padding="valid", activation="relu",
               data_format=IMAGE_ORDERING)(o)
    o = UpSampling2D((2, 2), data_format=IMAGE_ORDERING)(o)
    if l1_skip_conn:
        o = concatenate([o, f1], axis=MERGE_AXIS)
    o = Conv2D(n_classes, (3, 3), padding="same", data_format=IMAGE_ORDERING)(o)
    return Model(img_input, o)


def vanilla_unet(n_classes, height, width):
    return _unet(n_classes, vanilla_encoder, input_height=height,
                 input_width=width)
