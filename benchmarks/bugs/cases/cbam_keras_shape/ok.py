from keras import backend as K
from keras.applications import MobileNetV2
from keras.layers import (Activation, Add, Dense, GlobalAveragePooling2D, GlobalMaxPooling2D, Multiply,
                          Reshape, multiply)
from keras.models import Model


def se_block(input_feature, ratio=8):
    channel_axis = 1 if K.image_data_format() == "channels_first" else -1
    channel = input_feature.shape[channel_axis]
    se_feature = GlobalAveragePooling2D()(input_feature)
    se_feature = Reshape((1, 1, channel))(se_feature)
    se_feature = Dense(channel // ratio, activation="relu")(se_feature)
    se_feature = Dense(channel, activation="sigmoid")(se_feature)
    return multiply([input_feature, se_feature])


def channel_attention(input_feature, ratio=8):
    channel = input_feature.shape[-1]
    one = Dense(channel // ratio, activation="relu")
    two = Dense(channel)
    avg_pool = Reshape((1, 1, channel))(GlobalAveragePooling2D()(input_feature))
    max_pool = Reshape((1, 1, channel))(GlobalMaxPooling2D()(input_feature))
    feature = Activation("sigmoid")(Add()([two(one(avg_pool)), two(one(max_pool))]))
    return Multiply()([input_feature, feature])


def attach_attention_module(net, attention_module):
    if attention_module == "se_block":
        net = se_block(net)
    elif attention_module == "cbam_block":
        net = channel_attention(net)
    else:
        raise Exception("'{}' is not supported attention module!".format(attention_module))
    return net


def classifier(attention_module="se_block", classes=5):
    base = MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None)
    x = attach_attention_module(base.output, attention_module)
    x = GlobalAveragePooling2D()(x)
    return Model(base.input, Dense(classes, activation="softmax")(x))


model = classifier()
