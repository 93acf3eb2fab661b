import keras
from keras.layers import LSTM, Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D, TimeDistributed

img_rows, img_cols, img_channels = 32, 32, 3
n_frames = 27


def time_distributed(model, *layers):
    for layer in layers:
        model.add(TimeDistributed(layer))
    return model


def build_model(batch_shape):
    model = keras.Sequential()
    model.add(Input(batch_shape=batch_shape))
    time_distributed(model, Conv2D(32, (3, 3), padding="valid"))
    model.add(BatchNormalization())
    model.add(Activation("relu"))
    time_distributed(model, MaxPooling2D((2, 2)), Dropout(0.5), Conv2D(64, (3, 3)), MaxPooling2D((2, 2)), Flatten())
    model.add(LSTM(64, return_sequences=True))
    model.add(TimeDistributed(Dense(1)))
    return model


regression = build_model((n_frames, img_rows, img_cols, img_channels))
regression.compile(loss="mse", optimizer="rmsprop")
