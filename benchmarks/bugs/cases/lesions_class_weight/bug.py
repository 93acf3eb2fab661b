import numpy as np
import keras
from keras.layers import Concatenate, Conv2D, Input, MaxPooling2D, UpSampling2D

img_rows = img_cols = 64


def scans(count=12):
    imgs = np.random.randn(count, img_rows, img_cols, 1).astype("float32")
    masks = np.zeros((count, img_rows, img_cols, 2), dtype="float32")
    lesion = np.random.rand(count, img_rows, img_cols) > 0.97
    masks[..., 1] = lesion
    masks[..., 0] = ~lesion
    return imgs, masks


def get_unet():
    inputs = Input((img_rows, img_cols, 1))
    conv1 = Conv2D(8, 3, activation="relu", padding="same")(inputs)
    conv2 = Conv2D(16, 3, activation="relu", padding="same")(MaxPooling2D()(conv1))
    up = Concatenate()([UpSampling2D()(conv2), conv1])
    outputs = Conv2D(2, 1, activation="softmax")(up)
    model = keras.Model(inputs, outputs)
    model.compile("adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def balance(masks):
    share = masks.mean(axis=(0, 1, 2))
    return {k: float(1 / s) for k, s in enumerate(share)}


imgs_train, masks_train = scans()
weights = balance(masks_train)
get_unet().fit(imgs_train, masks_train, batch_size=4, epochs=1, class_weight=weights)
