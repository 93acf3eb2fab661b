from keras import ops
from keras.layers import (Activation, Add, BatchNormalization, Conv1D, Dense, Dropout, Input, Lambda, MaxPooling1D,
                          TimeDistributed)
from keras.models import Model

PARAMS = {
    "input_shape": [1280, 1],
    "conv_subsample_lengths": [1, 2, 1, 2, 1, 2],
    "conv_filter_length": 16,
    "conv_num_filters_start": 32,
    "conv_increase_channels_at": 4,
    "conv_num_skip": 2,
    "conv_dropout": 0.2,
    "num_categories": 4,
}


def add_conv_weight(layer, filter_length, num_filters, subsample_length=1, **params):
    return Conv1D(filters=num_filters, kernel_size=filter_length, strides=subsample_length, padding="same",
                  kernel_initializer="he_normal")(layer)


def bn_relu(layer, dropout=0, **params):
    layer = Activation("relu")(BatchNormalization()(layer))
    return Dropout(dropout)(layer) if dropout > 0 else layer


def get_num_filters_at_index(index, num_start_filters, **params):
    return 2 ** int(index / params["conv_increase_channels_at"]) * num_start_filters


def zeropad(x):
    return ops.concatenate([x, ops.zeros_like(x)], axis=2)


def resnet_block(layer, num_filters, subsample_length, block_index, next_length, **params):
    shortcut = MaxPooling1D(pool_size=subsample_length)(layer)
    zero_pad = (block_index % params["conv_increase_channels_at"]) == 0 and block_index > 0
    if zero_pad:
        shortcut = Lambda(zeropad)(shortcut)
    for i in range(params["conv_num_skip"]):
        if not (block_index == 0 and i == 0):
            layer = bn_relu(layer, dropout=params["conv_dropout"] if i > 0 else 0, **params)
        layer = add_conv_weight(layer, params["conv_filter_length"], num_filters,
                                subsample_length if i == 0 else 1, **params)
    return Add()([shortcut, layer])


def build_network(**params):
    inputs = Input(shape=params["input_shape"], dtype="float32", name="inputs")
    layer = add_conv_weight(inputs, params["conv_filter_length"], params["conv_num_filters_start"])
    layer = bn_relu(layer, **params)
    lengths = params["conv_subsample_lengths"]
    for index, subsample_length in enumerate(lengths):
        num_filters = get_num_filters_at_index(index, params["conv_num_filters_start"], **params)
        following = lengths[(index + 1) % len(lengths)]
        layer = resnet_block(layer, num_filters, subsample_length, index, following, **params)
    layer = bn_relu(layer, **params)
    layer = TimeDistributed(Dense(params["num_categories"]))(layer)
    return Model(inputs=[inputs], outputs=[Activation("softmax")(layer)])


model = build_network(**PARAMS)
