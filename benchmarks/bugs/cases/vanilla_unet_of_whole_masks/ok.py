import numpy as np
from tensorflow.keras.layers import (
    Concatenate, Conv2D, Conv2DTranspose, Cropping2D, Dropout, Input, MaxPooling2D)
from tensorflow.keras.models import Model


def conv2d_block(inputs, filters, activation="relu", padding="valid"):
    c = Conv2D(filters, 3, activation=activation, padding=padding)(inputs)
    return Conv2D(filters, 3, activation=activation, padding=padding)(c)


def get_crop_shape(target, refer):
    cw = target.shape[2] - refer.shape[2]
    ch = target.shape[1] - refer.shape[1]
    assert cw >= 0 and ch >= 0
    return (ch // 2, ch - ch // 2), (cw // 2, cw - cw // 2)


def vanilla_unet(input_shape, num_classes=1, dropout=0.2, filters=8, num_layers=3):
    inputs = Input(input_shape)
    x = inputs
    down = []
    for _ in range(num_layers):
        x = conv2d_block(x, filters)
        down.append(x)
        x = MaxPooling2D((2, 2))(x)
        filters *= 2
    x = Dropout(dropout)(x)
    x = conv2d_block(x, filters)
    for conv in reversed(down):
        filters //= 2
        x = Conv2DTranspose(filters, (2, 2), strides=(2, 2))(x)
        ch, cw = get_crop_shape(conv, x)
        x = Concatenate()([x, Cropping2D((ch, cw))(conv)])
        x = conv2d_block(x, filters)
    outputs = Conv2D(num_classes, 1, activation="sigmoid")(x)
    return Model(inputs, outputs)


def middle(masks, rows):
    margin = (masks.shape[1] - rows) // 2
    return masks[:, margin : margin + rows, margin : margin + rows]


images = np.random.rand(6, 188, 188, 1).astype("float32")
masks = (np.random.rand(6, 188, 188, 1) > 0.5).astype("float32")
model = vanilla_unet((188, 188, 1))
model.compile("adam", loss="binary_crossentropy")
model.fit(images, middle(masks, model.output_shape[1]), batch_size=2, epochs=1)
