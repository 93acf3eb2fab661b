import numpy as np
import keras
from keras import layers, ops


def dice_loss(y_true, y_pred, smooth=1.0):
    together = ops.sum(y_true * y_pred, axis=(1, 2))
    union = ops.sum(y_true, axis=(1, 2)) + ops.sum(y_pred, axis=(1, 2))
    return 1 - ops.mean((2 * together + smooth) / (union + smooth), axis=-1)


def small_unet(shape, classes):
    inputs = keras.Input(shape)
    c1 = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    c2 = layers.Conv2D(16, 3, padding="same", activation="relu")(layers.MaxPooling2D()(c1))
    up = layers.Concatenate()([layers.UpSampling2D()(c2), c1])
    return keras.Model(inputs, layers.Conv2D(classes, 1, activation="softmax")(up))


images = np.random.rand(6, 32, 32, 1)
masks = keras.utils.to_categorical(np.random.randint(0, 3, (6, 32, 32)), 3)
model = small_unet((32, 32, 1), 3)
model.compile(
    optimizer=keras.optimizers.Adam(1e-4),
    loss=dice_loss,
    loss_weights=[0.7, 0.3],
    metrics=["accuracy"],
)
model.fit(images, masks, batch_size=2, verbose=0)
