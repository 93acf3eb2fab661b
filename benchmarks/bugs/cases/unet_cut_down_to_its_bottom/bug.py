import numpy as np
from keras import Input, Model
from keras.layers import Conv2D, Dropout, MaxPooling2D, UpSampling2D, concatenate
from tensorflow.keras.preprocessing.image import ImageDataGenerator

data_gen_args = dict(rotation_range=0.2, horizontal_flip=True, fill_mode="nearest")


def unet(input_size=(64, 64, 3), depth=4, way_up=True):
    inputs = Input(input_size)
    x, skips = inputs, []
    for level in range(depth):
        x = Conv2D(8 * 2**level, 3, activation="relu", padding="same")(x)
        skips.append(x)
        x = MaxPooling2D(pool_size=(2, 2))(x)
    x = Dropout(0.5)(Conv2D(64, 3, activation="relu", padding="same")(x))
    if way_up:
        for level in reversed(range(depth)):
            x = UpSampling2D(size=(2, 2))(x)
            x = concatenate([skips[level], x], axis=3)
            x = Conv2D(8 * 2**level, 3, activation="relu", padding="same")(x)
    return Model(inputs, Conv2D(1, 1, activation="sigmoid")(x))


def train_generator(images, masks, batch_size, seed=1):
    image_flow = ImageDataGenerator(**data_gen_args).flow(images, batch_size=batch_size, seed=seed)
    mask_flow = ImageDataGenerator(**data_gen_args).flow(masks, batch_size=batch_size, seed=seed)
    for img, mask in zip(image_flow, mask_flow):
        img = img / 255
        mask = mask / 255
        mask[mask > 0.5] = 1
        mask[mask <= 0.5] = 0
        yield img, mask


pictures = np.random.randint(0, 256, (10, 64, 64, 3)).astype("float32")
truth = np.random.randint(0, 256, (10, 64, 64, 1)).astype("float32")
model = unet(way_up=False)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_generator(pictures, truth, 2), steps_per_epoch=4, epochs=1)
