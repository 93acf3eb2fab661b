import numpy as np
from tensorflow.keras.layers import Conv2D, Conv2DTranspose, Input
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.image import ImageDataGenerator


def small_autoencoder(size):
    img = Input((size, size, 3))
    x = Conv2D(16, 3, strides=2, activation="relu", padding="same")(img)
    x = Conv2D(8, 3, strides=2, activation="relu", padding="same")(x)
    for filters in (8, 16):
        x = Conv2DTranspose(filters, 3, strides=2, activation="relu", padding="same")(x)
    out = Conv2D(3, 3, activation="sigmoid", padding="same")(x)
    model = Model(img, out)
    model.compile("adadelta", "binary_crossentropy")
    return model


def pairs(images):
    for batch in images:
        yield batch, batch


train = np.random.randint(0, 256, size=(40, 48, 48, 3)).astype("float32")
datagen = ImageDataGenerator(rescale=1.0 / 255)
flow = datagen.flow(train, batch_size=8)
model = small_autoencoder(48)
model.fit(flow, steps_per_epoch=5, epochs=1)
