import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import *
from tensorflow.keras.models import *

IMAGE_ORDERING = "channels_last"
MERGE_AXIS = -1 if IMAGE_ORDERING == "channels_last" else 1


def vanilla_encoder(input_height=224, input_width=224):
    img_input = Input(shape=(input_height, input_width, 3))
    x = img_input
    levels = []
    for filters in (16, 32, 64, 64, 64):
        x = ZeroPadding2D((1, 1), data_format=IMAGE_ORDERING)(x)
        x = Conv2D(filters, (3, 3), data_format=IMAGE_ORDERING, padding="valid")(x)
        x = BatchNormalization()(x)
        x = Activation("relu")(x)
        x = MaxPooling2D((2, 2), data_format=IMAGE_ORDERING)(x)
        levels.append(x)
    return img_input, levels


class ResizeImage(Layer):
    def __init__(self, zoom, **kwargs):
        super().__init__(**kwargs)
        self.zoom = zoom

    def call(self, x):
        h, w = x.shape[1], x.shape[2]
        return tf.image.resize(x, (h * self.zoom[0], w * self.zoom[1]))


def pool_block(feats, pool_factor):
    h = feats.shape[1]
    w = feats.shape[2]
    pool_size = strides = [int(np.round(float(h) / pool_factor)), int(np.round(float(w) / pool_factor))]
    x = AveragePooling2D(pool_size, data_format=IMAGE_ORDERING, strides=strides, padding="same")(feats)
    x = Conv2D(32, (1, 1), data_format=IMAGE_ORDERING, padding="same", use_bias=False)(x)
    x = BatchNormalization()(x)
    x = Activation("relu")(x)
    return ResizeImage(strides)(x)


def _pspnet(n_classes, encoder, input_height=384, input_width=576):
    img_input, levels = encoder(input_height=input_height, input_width=input_width)
    o = levels[4]
    pool_outs = [o]
    for p in [1, 2, 3, 6]:
        pool_outs.append(pool_block(o, p))
    o = Concatenate(axis=MERGE_AXIS)(pool_outs)
    o = Conv2D(64, (1, 1), data_format=IMAGE_ORDERING, use_bias=False)(o)
    o = Conv2D(n_classes, (3, 3), data_format=IMAGE_ORDERING, padding="same")(o)
    o = ResizeImage([8, 8])(o)
    o = Reshape((-1, n_classes))(o)
    return Model(img_input, Activation("softmax")(o))


model = _pspnet(21, vanilla_encoder, input_height=384, input_width=384)
model.summary()
