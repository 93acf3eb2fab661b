import numpy as np
from keras.layers import LSTM, Dense, Dropout, Input
from keras.models import Sequential

sequence_length = 50


def gen_sequence(table, seq_length):
    for start, stop in zip(range(0, len(table) - seq_length), range(seq_length, len(table))):
        yield table[start:stop, :]


def build(nb_features, nb_out):
    model = Sequential()
    model.add(Input((sequence_length, nb_features)))
    model.add(LSTM(units=20, return_sequences=True))
    model.add(Dropout(0.2))
    model.add(LSTM(units=10, return_sequences=False))
    model.add(Dense(units=nb_out, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def summarize(history):
    last = {}
    for key in ("acc", "val_acc", "loss", "val_loss"):
        last[key] = history.history[key][-1]
    return last


engine = np.random.rand(90, 6).astype(np.float32)
seq_array = np.array(list(gen_sequence(engine, sequence_length)))
label_array = np.random.randint(0, 2, (len(seq_array), 1))
model = build(seq_array.shape[2], label_array.shape[1])
history = model.fit(seq_array, label_array, epochs=1, batch_size=20, validation_split=0.1, verbose=0)
print(summarize(history))
