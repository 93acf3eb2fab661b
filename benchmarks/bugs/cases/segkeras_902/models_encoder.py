from tensorflow.keras.layers import (Activation, BatchNormalization, Conv2D,
                                     Input, MaxPooling2D, ZeroPadding2D)

IMAGE_ORDERING = "channels_last"
MERGE_AXIS = -1


def vanilla_encoder(input_height=224, input_width=224, channels=3):
    widths = [64, 128, 256, 256, 256]
    img_input = Input(shape=(input_height, input_width, channels))
    x = img_input
    levels = []
    for i, width in enumerate(widths):
        x = ZeroPadding2D((1, 1), data_format=IMAGE_ORDERING)(x)
        x = Conv2D(width, (3, 3), data_format=IMAGE_ORDERING, padding="valid")(x)
        x = BatchNormalization()(x)
        x = Activation("relu")(x)
        x = MaxPooling2D((2, 2), data_format=IMAGE_ORDERING)(x)
        levels.append(x)
    return img_input, levels
