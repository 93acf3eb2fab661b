from dataclasses import dataclass, field

from tensorflow.keras.layers import (Activation, BatchNormalization, Conv2D, Conv2DTranspose, Dropout, Input,
                                     MaxPooling2D, concatenate)
from tensorflow.keras.models import Model


@dataclass
class TiramisuConfig:
    height: int = 360
    width: int = 512
    n_classes: int = 12
    n_filters_first_conv: int = 48
    n_pool: int = 5
    growth_rate: int = 16
    n_layers_per_block: list = field(default_factory=lambda: [2, 2, 3, 3, 4, 4, 4, 3, 3, 2, 2])
    dropout_p: float = 0.2


def BN_ReLU_Conv(inputs, n_filters, filter_size=3, dropout_p=0.2):
    l = Activation("relu")(BatchNormalization()(inputs))
    l = Conv2D(n_filters, filter_size, padding="same", kernel_initializer="he_uniform")(l)
    return Dropout(dropout_p)(l) if dropout_p else l


def TransitionDown(inputs, n_filters, dropout_p=0.2):
    l = BN_ReLU_Conv(inputs, n_filters, filter_size=1, dropout_p=dropout_p)
    return MaxPooling2D((2, 2))(l)


def TransitionUp(skip_connection, block_to_upsample, n_filters_keep):
    l = concatenate(block_to_upsample, axis=-1)
    l = Conv2DTranspose(n_filters_keep, kernel_size=(3, 3), strides=(2, 2), padding="same")(l)
    l = concatenate([l, skip_connection], axis=-1)
    return l


def Tiramisu(config):
    inputs = Input((config.height, config.width, 3))
    stack = Conv2D(config.n_filters_first_conv, 3, padding="same")(inputs)
    n_filters = config.n_filters_first_conv
    skip_connection_list = []
    for i in range(config.n_pool):
        for _ in range(config.n_layers_per_block[i]):
            l = BN_ReLU_Conv(stack, config.growth_rate, dropout_p=config.dropout_p)
            stack = concatenate([stack, l])
            n_filters += config.growth_rate
        skip_connection_list.append(stack)
        stack = TransitionDown(stack, n_filters, config.dropout_p)
    skip_connection_list = skip_connection_list[::-1]

    block_to_upsample = []
    for _ in range(config.n_layers_per_block[config.n_pool]):
        l = BN_ReLU_Conv(stack, config.growth_rate, dropout_p=config.dropout_p)
        block_to_upsample.append(l)
        stack = concatenate([stack, l])

    for i in range(config.n_pool):
        n_filters_keep = config.growth_rate * config.n_layers_per_block[config.n_pool + i]
        stack = TransitionUp(skip_connection_list[i], block_to_upsample, n_filters_keep)
        block_to_upsample = []
        for _ in range(config.n_layers_per_block[config.n_pool + i + 1]):
            l = BN_ReLU_Conv(stack, config.growth_rate, dropout_p=config.dropout_p)
            block_to_upsample.append(l)
            stack = concatenate([stack, l])
    l = Conv2D(config.n_classes, 1, padding="same")(stack)
    return Model(inputs, Activation("softmax")(l))


model = Tiramisu(TiramisuConfig())
print(len(model.layers))
