import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input
from tensorflow.keras.models import Model

input_data = [
    "hello what is your name",
    "what are you interested in",
    "how was your day",
    "do you like travelling",
    "what do you think about meeting people on the net",
]
output_data = [
    "hello my name is chatbot and yours",
    "my interests are talking to people",
    "my day was good thank you",
    "i am a bot so i cannot travel but i adore talking to people",
    "i think that meeting people on the net is a good way to find new friends and partners",
]


def tokens(texts):
    words = sorted({word for text in texts for word in text.split()})
    return {word: number for number, word in enumerate(words, start=1)}


def sequences(texts, numbers):
    return [[numbers[word] for word in text.split()] for text in texts]


input_tokens, output_tokens = tokens(input_data), tokens(output_data)
input_sequences = sequences(input_data, input_tokens)
output_sequences = sequences(output_data, output_tokens)
max_input_len = max(map(len, input_sequences))
max_output_len = max(map(len, output_sequences))
pad = tf.keras.utils.pad_sequences
encoder_input_data = pad(input_sequences, maxlen=max_input_len, padding="post")
decoder_input_data = pad(output_sequences, maxlen=max_output_len, padding="post")
decoder_target_data = np.zeros((len(output_data), max_output_len, len(output_tokens) + 1), "float32")
for i, sequence in enumerate(output_sequences):
    for step, number in enumerate(sequence[1:]):
        decoder_target_data[i, step, number] = 1.0

encoder_inputs = Input(shape=(max_input_len,))
x = Embedding(len(input_tokens) + 1, 16)(encoder_inputs)
_, state_h, state_c = LSTM(32, return_state=True)(x)
decoder_inputs = Input(shape=(max_output_len,))
y = Embedding(len(output_tokens) + 1, 16)(decoder_inputs)
y = LSTM(32, return_sequences=True)(y, initial_state=[state_h, state_c])
decoder_outputs = Dense(len(output_tokens) + 1, activation="softmax")(y)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
model.fit([encoder_input_data, decoder_input_data], decoder_target_data, batch_size=2, epochs=1, verbose=0)


def answer(text):
    question = pad(sequences([text], input_tokens), maxlen=max_input_len, padding="post")
    target = np.zeros((1, max_output_len - 1))
    words = {number: word for word, number in output_tokens.items()}
    said = []
    for step in range(max_output_len - 1):
        scores = model.predict([question, target], verbose=0)
        number = int(np.argmax(scores[0, step]))
        said.append(words.get(number, ""))
        target[0, step] = number
    return " ".join(said).strip()


print(answer("how was your day"))
