from keras import Model, ops
from keras.layers import Activation, Conv2D, Input, Lambda, MaxPooling2D, UpSampling2D, add, multiply


def attn_block(x, g, inter_channel, data_format):
    theta_x = Conv2D(inter_channel, 1, data_format=data_format)(x)
    phi_g = Conv2D(inter_channel, 1, data_format=data_format)(g)
    f = Activation("relu")(add([theta_x, phi_g]))
    rate = Activation("sigmoid")(Conv2D(1, 1, data_format=data_format)(f))
    return multiply([x, rate])


def attention_up_and_concate(down_layer, layer, data_format):
    if data_format == "channels_first":
        in_channel = down_layer.shape[1]
    else:
        in_channel = down_layer.shape[3]
    up = UpSampling2D(size=(2, 2), data_format=data_format)(down_layer)
    layer = attn_block(x=layer, g=up, inter_channel=in_channel // 4, data_format=data_format)
    if data_format == "channels_first":
        my_concat = Lambda(lambda x: ops.concatenate([x[0], x[1]], axis=1))
    else:
        my_concat = Lambda(lambda x: ops.concatenate([x[0], x[1]], axis=3))
    return my_concat([up, layer])


def att_unet(img_w, img_h, n_label, data_format="channels_last"):
    inputs = Input((img_h, img_w, 3) if data_format == "channels_last" else (3, img_h, img_w))
    x, depth, features, skips = inputs, 3, 16, []
    for _ in range(depth):
        x = Conv2D(features, 3, activation="relu", padding="same", data_format=data_format)(x)
        skips.append(x)
        x = MaxPooling2D((2, 2), data_format=data_format)(x)
        features = features * 2
    x = Conv2D(features, 3, activation="relu", padding="same", data_format=data_format)(x)
    for i in reversed(range(depth)):
        features = features // 2
        x = attention_up_and_concate(x, skips[i], data_format=data_format)
        x = Conv2D(features, 3, activation="relu", padding="same", data_format=data_format)(x)
    return Model(inputs, Conv2D(n_label, 1, activation="sigmoid", data_format=data_format)(x))


att_unet(160, 160, 1).summary()
