from tensorflow.keras.layers import (
    ELU,
    GRU,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Input,
    MaxPooling2D,
    Permute,
    Reshape,
    ZeroPadding2D,
)
from tensorflow.keras.models import Model

MEL_BINS = 96
FRAMES = 1366
BLOCKS = [(64, (2, 2)), (128, (3, 3)), (128, (4, 4)), (128, (4, 4))]


def music_crnn(frames=FRAMES, classes=10, pad=37):
    melgram = Input(shape=(MEL_BINS, frames, 1))
    x = ZeroPadding2D(padding=(0, pad))(melgram)
    x = BatchNormalization(axis=2, name="bn_0_freq")(x)
    for number, (filters, pool) in enumerate(BLOCKS, start=1):
        x = Conv2D(filters, (3, 3), padding="same", name=f"conv{number}")(x)
        x = BatchNormalization(axis=3, name=f"bn{number}")(x)
        x = ELU()(x)
        x = MaxPooling2D(pool_size=pool, strides=pool, name=f"pool{number}")(x)
        x = Dropout(0.1)(x)
    x = Permute((2, 1, 3))(x)
    x = Reshape((15, 128))(x)
    x = GRU(32, return_sequences=True, name="gru1")(x)
    x = GRU(32, return_sequences=False, name="gru2")(x)
    x = Dropout(0.3)(x)
    return Model(melgram, Dense(classes, activation="sigmoid", name="output")(x))


model = music_crnn()
model.summary()
