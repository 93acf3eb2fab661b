from tensorflow.keras.layers import (Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten,
                                     Input, MaxPooling2D, concatenate)
from tensorflow.keras.models import Model


def create_mlp(dim, regress=False):
    inputs = Input((dim,))
    x = Dense(8, activation="relu")(inputs)
    x = Dense(4, activation="relu")(x)
    if regress:
        x = Dense(1, activation="linear")(x)
    return Model(inputs, x)


def create_cnn(width, height, depth, filters=(16, 32, 64), regress=False):
    inputs = Input(shape=(height, width, depth))
    for (i, f) in enumerate(filters):
        if i == 0:
            x = inputs
        x = Conv2D(f, (3, 3), padding="same")(x)
        x = Activation("relu")(x)
        x = BatchNormalization(axis=-1)(x)
        x = MaxPooling2D(pool_size=(2, 2))(x)
    x = Flatten()(x)
    x = Dense(16)(x)
    x = Activation("relu")(x)
    x = Dropout(0.5)(x)
    x = Dense(4, activation="relu")(x)
    if regress:
        x = Dense(1, activation="linear")(x)
    return Model(inputs, x)


mlp = create_mlp(10)
cnn = create_cnn(64, 64, 3)
combined = concatenate([mlp.output, cnn.output])
z = Dense(1, activation="linear")(Dense(4, activation="relu")(combined))
model = Model(inputs=[mlp.input, cnn.input], outputs=z)
model.summary()
