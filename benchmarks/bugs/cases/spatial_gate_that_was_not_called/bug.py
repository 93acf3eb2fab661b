import keras
from keras.layers import Add, Conv2D, Dense, GlobalAveragePooling2D, Input, MaxPooling2D, Reshape, multiply


def squeeze_excite_block(tensor, ratio=16):
    filters = tensor.shape[-1]
    se = GlobalAveragePooling2D()(tensor)
    se = Reshape((1, 1, filters))(se)
    se = Dense(filters // ratio, activation="relu", kernel_initializer="he_normal", use_bias=False)(se)
    se = Dense(filters, activation="sigmoid", kernel_initializer="he_normal", use_bias=False)(se)
    return multiply([tensor, se])


def spatial_squeeze_excite_block(tensor):
    se = Conv2D(1, (1, 1), activation="sigmoid", use_bias=False, kernel_initializer="he_normal")
    x = multiply([tensor, se])
    return x


def channel_spatial_squeeze_excite(tensor, ratio=16):
    cse = squeeze_excite_block(tensor, ratio)
    sse = spatial_squeeze_excite_block(tensor)
    return Add()([cse, sse])


def se_net(input_shape=(32, 32, 3), classes=10, widths=(32, 64)):
    image = Input(input_shape)
    x = image
    for width in widths:
        x = Conv2D(width, 3, padding="same", activation="relu")(x)
        x = channel_spatial_squeeze_excite(x, ratio=8)
        x = MaxPooling2D()(x)
    x = GlobalAveragePooling2D()(x)
    return keras.Model(image, Dense(classes, activation="softmax")(x), name="se_net")


print(se_net().count_params())
