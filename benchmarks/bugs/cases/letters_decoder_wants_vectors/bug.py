import numpy as np
from tensorflow.keras import Input, Model, layers

PAIRS = [("go", "va"), ("run", "cours"), ("stop", "arrete"), ("wait", "attends")]
LATENT = 24


def alphabet(texts):
    letters = sorted({letter for text in texts for letter in text})
    return {letter: number for number, letter in enumerate(letters)}


sources = [source for source, _ in PAIRS]
targets = ["\t" + target + "\n" for _, target in PAIRS]
source_index, target_index = alphabet(sources), alphabet(targets)
num_encoder_tokens, num_decoder_tokens = len(source_index), len(target_index)
longest_source, longest_target = max(map(len, sources)), max(map(len, targets))

encoder_data = np.zeros((len(PAIRS), longest_source, num_encoder_tokens), "float32")
decoder_data = np.zeros((len(PAIRS), longest_target, num_decoder_tokens), "float32")
wanted = np.zeros_like(decoder_data)
for row, (source, target) in enumerate(zip(sources, targets)):
    for step, letter in enumerate(source):
        encoder_data[row, step, source_index[letter]] = 1.0
    for step, letter in enumerate(target):
        decoder_data[row, step, target_index[letter]] = 1.0
        if step:
            wanted[row, step - 1, target_index[letter]] = 1.0

encoder_inputs = Input((None, num_encoder_tokens))
_, h, c = layers.LSTM(LATENT, return_state=True)(encoder_inputs)
decoder_inputs = Input((None, num_decoder_tokens))
lstm = layers.LSTM(LATENT, return_sequences=True, return_state=True)
dense = layers.Dense(num_decoder_tokens, activation="softmax")
outputs, _, _ = lstm(decoder_inputs, initial_state=[h, c])
model = Model([encoder_inputs, decoder_inputs], dense(outputs))
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")
model.fit([encoder_data, decoder_data], wanted, epochs=1, verbose=0)

encoder_model = Model(encoder_inputs, [h, c])
state_inputs = [Input((LATENT,)), Input((LATENT,))]
outputs, *states = lstm(decoder_inputs, initial_state=state_inputs)
decoder_model = Model([decoder_inputs] + state_inputs, [dense(outputs)] + states)


def decode_sequence(input_seq):
    states_value = encoder_model.predict(input_seq, verbose=0)
    target_seq = np.zeros((1, 1, 1))
    target_seq[0, 0, 0] = target_index["\t"]
    output_tokens, h, c = decoder_model.predict([target_seq] + states_value, verbose=0)
    return int(np.argmax(output_tokens[0, -1, :]))


for row in range(2):
    print(decode_sequence(encoder_data[row:row + 1]))
