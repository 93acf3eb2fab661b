import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input, concatenate
from tensorflow.keras.models import Model

timesteps_len = 6
chars = np.random.randint(1, 50, (40, timesteps_len))
pinyins = np.random.randint(1, 30, (40, timesteps_len))


def create_lstm():
    inputs_1 = Input(shape=(timesteps_len,))
    inputs_2 = Input(shape=(timesteps_len,))
    em = concatenate([Embedding(50, 8)(inputs_1), Embedding(30, 8)(inputs_2)])
    out = Dense(1, activation="sigmoid")(LSTM(16)(em))
    model = Model(inputs=[inputs_1, inputs_2], outputs=out)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def input_generator(batch_size):
    inputs_1, inputs_2 = [], []
    while True:
        for c, p in zip(chars, pinyins):
            inputs_1.append(c)
            inputs_2.append(p)
            if len(inputs_1) == batch_size:
                yield (inputs_1, inputs_2), np.ones(batch_size)
                inputs_1, inputs_2 = [], []


create_lstm().fit(input_generator(8), steps_per_epoch=4, epochs=1, verbose=0)
