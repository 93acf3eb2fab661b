from keras import Input, Model, layers


def block(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    return x


def encoder_stage(x, filters):
    skip = block(x, filters)
    return layers.MaxPooling2D()(skip), skip


def decoder_stage(x, skip, filters):
    x = layers.UpSampling2D()(x)
    x = layers.Concatenate()([x, skip])
    return block(x, filters)


def unet(size=128, stages=(32, 64, 128)):
    x = image = Input((size, size, 3), name="image")
    skips = []
    for filters in stages:
        x, skip = encoder_stage(x, filters)
        skips.append(skip)
    x = block(x, 2 * stages[-1])
    for filters, skip in zip(reversed(stages), reversed(skips)):
        x = decoder_stage(x, skip, filters)
    mask = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x)
    return Model(image, mask, name="unet")
