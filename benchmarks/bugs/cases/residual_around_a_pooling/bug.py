from tensorflow.keras.layers import (
    Add, BatchNormalization, Conv2D, Dense, Flatten, Input, LeakyReLU, MaxPool2D, RandomFlip,
)
from tensorflow.keras.models import Model

FILTERS = [32, 32, 64, 64]


def stage(x, filters, number, flip=False):
    x = Conv2D(filters, (3, 3), padding="same", name=f"conv_{number}")(x)
    x = LeakyReLU(negative_slope=0.1)(x)
    if flip:
        x = RandomFlip(mode="horizontal", seed=None)(x)
    x = BatchNormalization()(x)
    return MaxPool2D(pool_size=(2, 2), padding="same")(x)


visible = Input(shape=(224, 224, 3))
block = stage(visible, FILTERS[0], 1, flip=True)
for number, filters in enumerate(FILTERS[1:], start=2):
    x = stage(block, filters, number)
    if filters == FILTERS[number - 2]:
        x = Add()([x, block])
    block = x

x = Flatten()(block)
x = Dense(64, activation="relu")(x)
out = Dense(4, activation="softmax")(x)
model = Model(inputs=visible, outputs=out)
model.compile(optimizer="adam", loss="categorical_crossentropy")
print(model.count_params())
