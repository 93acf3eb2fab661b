from functools import partial

from tensorflow.keras.layers import Activation, Add, BatchNormalization, Conv3D, Input, LeakyReLU, SpatialDropout3D, UpSampling3D, concatenate
from tensorflow.keras.models import Model


def create_convolution_block(input_layer, n_filters, strides=(1, 1, 1), activation=LeakyReLU):
    layer = Conv3D(n_filters, (3, 3, 3), padding="same", strides=strides)(input_layer)
    layer = BatchNormalization()(layer)
    return activation()(layer)


create_strided = partial(create_convolution_block, strides=(2, 2, 2))


def create_context_module(input_layer, n_level_filters, dropout_rate=0.3):
    convolution1 = create_convolution_block(input_layer, n_level_filters)
    dropout = SpatialDropout3D(rate=dropout_rate)(convolution1)
    return create_convolution_block(dropout, n_level_filters)


def create_up_sampling_module(input_layer, n_filters, size=(2, 2, 2)):
    up_sample = UpSampling3D(size=size)(input_layer)
    return create_convolution_block(up_sample, n_filters)


def isensee_model(input_shape, n_base_filters=4, depth=5, n_labels=4, activation_name="sigmoid"):
    inputs = Input(input_shape)
    current_layer = inputs
    level_output_layers, level_filters = [], []
    for level_number in range(depth):
        n_level_filters = (2 ** level_number) * n_base_filters
        level_filters.append(n_level_filters)
        if current_layer is inputs:
            in_conv = create_convolution_block(current_layer, n_level_filters)
        else:
            in_conv = create_strided(current_layer, n_level_filters)
        context_output_layer = create_context_module(in_conv, n_level_filters)
        summation_layer = Add()([in_conv, context_output_layer])
        level_output_layers.append(summation_layer)
        current_layer = summation_layer
    for level_number in range(depth - 2, -1, -1):
        up_sampling = create_up_sampling_module(current_layer, level_filters[level_number])
        concatenation_layer = concatenate([level_output_layers[level_number], up_sampling])
        current_layer = create_convolution_block(concatenation_layer, level_filters[level_number])
    output = Conv3D(n_labels, (1, 1, 1))(current_layer)
    return Model(inputs, Activation(activation_name)(output))
