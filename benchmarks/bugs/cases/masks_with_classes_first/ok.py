import numpy as np
from tensorflow.keras import backend as K
from tensorflow.keras import layers, models, ops

COLOURS = {"ground": (0, 0, 0), "road": (200, 0, 0), "house": (0, 200, 0), "tree": (0, 0, 200)}


def jaccard_distance(y_true, y_pred, smooth=100):
    intersection = K.sum(K.abs(y_true * y_pred), axis=-1)
    sum_ = K.sum(K.abs(y_true) + K.abs(y_pred), axis=-1)
    return (1 - (intersection + smooth) / (sum_ - intersection + smooth)) * smooth


def binary_masks(picture):
    masks = []
    for colour in COLOURS.values():
        masks.append(np.all(picture == np.array(colour), axis=-1).astype("float32"))
    return np.stack(masks, axis=-1)


def load(count, size=40):
    rng = np.random.default_rng(11)
    palette = np.array(list(COLOURS.values()))
    pictures = [palette[rng.integers(0, 4, (size, size))] for _ in range(count)]
    return rng.random((count, size, size, 3)), np.array([binary_masks(p) for p in pictures])


def conv_block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.BatchNormalization()(x)


def custom_unet(input_shape, num_classes, filters=8, num_layers=2):
    inputs = x = layers.Input(input_shape)
    down = []
    for _ in range(num_layers):
        x = conv_block(x, filters)
        down.append(x)
        x = layers.MaxPooling2D()(x)
        filters *= 2
    x = conv_block(x, filters)
    for skip in reversed(down):
        filters //= 2
        x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        x = conv_block(layers.concatenate([x, skip]), filters)
    return models.Model(inputs, layers.Conv2D(num_classes, 1, activation="softmax")(x))


x, y = load(8)
model = custom_unet(x.shape[1:], num_classes=len(COLOURS))
model.compile("adam", loss=jaccard_distance)
model.fit(x, y, batch_size=4, epochs=1)
