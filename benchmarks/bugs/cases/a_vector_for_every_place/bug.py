import keras
from keras import layers

CONFIG = {
    "image": (64, 64, 3),
    "clinical": ["age", "sex", "bmi", "smoker"],
    "filters": [16, 32, 64],
    "dropout": 0.2,
}


def image_branch(shape, filters):
    image = keras.Input(shape, name="image")
    x = image
    for f in filters:
        x = layers.SeparableConv2D(f, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    return image, x


def clinical_branch(names, units):
    inputs = [keras.Input((1,), name=name) for name in names]
    x = layers.Dense(units, activation="relu")(layers.Concatenate()(inputs))
    return inputs, layers.Reshape((1, 1, units))(x)


def build(config):
    image, maps = image_branch(config["image"], config["filters"])
    values, vector = clinical_branch(config["clinical"], 8)
    fused = layers.concatenate([maps, vector], axis=-1)
    fused = layers.Conv2D(32, 1, activation="relu")(fused)
    x = layers.Dropout(config["dropout"])(layers.GlobalAveragePooling2D()(fused))
    return keras.Model([image, *values], layers.Dense(1, activation="sigmoid")(x))


build(CONFIG).summary()
