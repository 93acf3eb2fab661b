import numpy as np
from tensorflow import keras

timesteps, input_dim = 10, 8
encoder_widths = [8, 16]
decoder_widths = [16, 8]


def stack(widths, **kwargs):
    return keras.layers.RNN([keras.layers.LSTMCell(w) for w in widths], **kwargs)


past = keras.Input((timesteps, input_dim), name="past")
future = keras.Input((timesteps, input_dim), name="future")

encoder = stack(encoder_widths, return_state=True)
_, *states = encoder(past)

decoder = stack(decoder_widths, return_sequences=True)
outputs = decoder(future, initial_state=states)
outputs = keras.layers.TimeDistributed(keras.layers.Dense(1))(outputs)

model = keras.Model([past, future], outputs)
model.compile("adam", "mse")
x = np.random.rand(12, timesteps, input_dim)
model.fit([x, x], x[..., :1], epochs=1, verbose=0)
