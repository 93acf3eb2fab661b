import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.sequence import pad_sequences

num_encoder_tokens, num_decoder_tokens, latent_dim = 70, 90, 32
source = [[4, 8, 15], [16, 23], [42, 4, 8, 15, 16], [2, 3, 5, 7]]
target = [[1, 9, 17, 2], [1, 44, 2], [1, 50, 60, 70, 80, 2], [1, 3, 2]]

encoder_input_data = pad_sequences(source, maxlen=8, padding="post")
decoder_input_data = pad_sequences(target, maxlen=10, padding="post")
decoder_target_data = np.zeros((len(target), 10))
for i, sentence in enumerate(target):
    for t, word in enumerate(sentence[1:]):
        decoder_target_data[i, t] = word

encoder_inputs = Input(shape=(None,))
x = Embedding(num_encoder_tokens, latent_dim)(encoder_inputs)
x, state_h, state_c = LSTM(latent_dim, return_state=True)(x)
decoder_inputs = Input(shape=(None,))
y = Embedding(num_decoder_tokens, latent_dim)(decoder_inputs)
y = LSTM(latent_dim, return_sequences=True)(y, initial_state=[state_h, state_c])
decoder_outputs = Dense(num_decoder_tokens, activation="softmax")(y)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
model.fit([encoder_input_data, decoder_input_data], decoder_target_data, batch_size=2, epochs=1, validation_split=0.25)
