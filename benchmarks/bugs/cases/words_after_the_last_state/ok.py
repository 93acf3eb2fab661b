from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

chars = sorted(set("the quick brown fox jumps over the lazy dog"))
data_dim = len(chars)
timesteps = 40
out_vec_size = 62


def hierarchy(char_units, word_units):
    model = Sequential()
    model.add(Input((timesteps, data_dim)))
    model.add(LSTM(char_units, return_sequences=True))
    model.add(LSTM(word_units))
    model.add(Dense(out_vec_size, activation="tanh"))
    return model


model = hierarchy(timesteps, out_vec_size)
model.compile(loss="mse", optimizer="adam")
model.summary()
