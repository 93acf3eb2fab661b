import numpy as np
from tensorflow import keras
from tensorflow.keras import layers, ops

IMG_TARGET_ROWS, IMG_TARGET_COLS = 64, 80


def dice_coef(y_true, y_pred, smooth=1.0):
    y_true_f = ops.reshape(y_true, (-1,))
    y_pred_f = ops.reshape(y_pred, (-1,))
    intersection = ops.sum(y_true_f * y_pred_f)
    return (2.0 * intersection + smooth) / (ops.sum(y_true_f) + ops.sum(y_pred_f) + smooth)


def dice_coef_loss(y_true, y_pred):
    return 1 - dice_coef(y_true, y_pred)


def build_model():
    inputs = layers.Input((IMG_TARGET_ROWS, IMG_TARGET_COLS, 1))
    conv1 = layers.Conv2D(16, 3, activation="relu", padding="same")(inputs)
    pool1 = layers.MaxPooling2D()(conv1)
    conv2 = layers.Conv2D(32, 3, activation="relu", padding="same")(pool1)
    pool2 = layers.MaxPooling2D()(conv2)
    conv3 = layers.Conv2D(64, 3, activation="relu", padding="same")(pool2)
    up = layers.concatenate([layers.UpSampling2D()(conv3), conv2])
    mask = layers.Conv2D(1, 1, activation="sigmoid", name="main_output")(layers.UpSampling2D()(up))
    return keras.Model(inputs, mask)


images = np.random.rand(12, IMG_TARGET_ROWS, IMG_TARGET_COLS, 1)
masks = (images > 0.5).astype("float32")
model = build_model()
model.compile(optimizer="adam", loss=dice_coef_loss, metrics=[dice_coef])
model.fit(images, masks, batch_size=4, epochs=1)
