from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Activation, Add, Conv1D, Dense, Dropout, Lambda, Multiply


def wavenet_block(x, filters, kernel_size, dilation, padding):
    tanh = Conv1D(filters, kernel_size, dilation_rate=dilation, padding=padding, activation="tanh")(x)
    gate = Conv1D(filters, kernel_size, dilation_rate=dilation, padding=padding, activation="sigmoid")(x)
    gated = Multiply()([tanh, gate])
    skip = Conv1D(filters, 1)(gated)
    return Add()([skip, x]), skip


def wavenet(length, filters=16, stacks=2, levels=4, padding="causal"):
    inputs = Input((length, 1))
    x = Conv1D(filters, 1)(inputs)
    skips = []
    for _ in range(stacks):
        for level in range(levels):
            x, skip = wavenet_block(x, filters, 2, 2**level, padding)
            skips.append(skip)
    x = Activation("relu")(Add()(skips))
    x = Dropout(0.1)(Conv1D(filters, 1, activation="relu")(x))
    x = Lambda(lambda t: t[:, -1])(x)
    return Model(inputs, Dense(1)(x))


wavenet(128).summary()
