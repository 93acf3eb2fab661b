import keras
from keras.layers import Conv2D, Dense, GlobalAveragePooling2D, Input, Permute, Reshape, multiply

keras.config.set_image_data_format("channels_first")


def _channels(tensor):
    axis = 1 if keras.config.image_data_format() == "channels_first" else -1
    return tensor.shape[axis]


def squeeze_excite_block(init, ratio=16):
    filters = _channels(init)
    se = GlobalAveragePooling2D()(init)
    se = Reshape((1, 1, filters))(se)
    se = Dense(filters // ratio, activation="relu", use_bias=False)(se)
    se = Dense(filters, activation="sigmoid", use_bias=False)(se)
    return multiply([init, se])


image = Input((3, 48, 48))
x = Conv2D(64, 3, padding="same", activation="relu")(image)
x = squeeze_excite_block(x)
x = Conv2D(128, 3, padding="same", activation="relu")(x)
x = squeeze_excite_block(x)
model = keras.Model(image, Dense(10)(GlobalAveragePooling2D()(x)))
print(model.output_shape)
