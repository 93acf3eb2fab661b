import numpy as np
import keras
from keras import layers


def frames_to_sequences(video, length):
    windows = [video[i : i + length] for i in range(len(video) - length)]
    return np.stack(windows)


def next_frame_model(length, size):
    inp = layers.Input(shape=(size, size, length))
    x = inp
    for filters, kernel in ((16, 5), (16, 3)):
        x = layers.ConvLSTM2D(filters, kernel, padding="same", return_sequences=True)(x)
        x = layers.BatchNormalization()(x)
    x = layers.Conv3D(1, 3, activation="sigmoid", padding="same")(x)
    return keras.Model(inp, x)


video = np.random.rand(12, 24, 24, 1)
sequences = frames_to_sequences(video, 5)
model = next_frame_model(5, 24)
model.compile("adam", "binary_crossentropy")
model.fit(sequences[:-1], sequences[1:], epochs=1, batch_size=2, verbose=0)
