import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout, Embedding, Input, add
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.utils import to_categorical

vocab_size, max_length = 40, 12
descriptions = {f"photo{k}": [[1, 5, 8, 9, 2], [1, 7, 3, 2]] for k in range(6)}
photos = {key: np.random.rand(1, 2048) for key in descriptions}


def create_sequences(desc_list, photo):
    X1, X2, y = [], [], []
    for seq in desc_list:
        for i in range(1, len(seq)):
            in_seq, out_seq = seq[:i], seq[i]
            in_seq = pad_sequences([in_seq], maxlen=max_length)[0]
            out_seq = to_categorical([out_seq], num_classes=vocab_size)[0]
            X1.append(photo)
            X2.append(in_seq)
            y.append(out_seq)
    return np.array(X1), np.array(X2), np.array(y)


def data_generator(descriptions, photos):
    while True:
        for key, desc_list in descriptions.items():
            in_img, in_seq, out_word = create_sequences(desc_list, photos[key][0])
            yield (in_img, in_seq), out_word


def define_model(vocab_size, max_length, features=4096):
    inputs1 = Input(shape=(features,))
    fe2 = Dense(256, activation="relu")(Dropout(0.5)(inputs1))
    inputs2 = Input(shape=(max_length,))
    se1 = Embedding(vocab_size, 256)(inputs2)
    se3 = LSTM(256)(Dropout(0.5)(se1))
    decoder = Dense(256, activation="relu")(add([fe2, se3]))
    outputs = Dense(vocab_size, activation="softmax")(decoder)
    model = Model(inputs=[inputs1, inputs2], outputs=outputs)
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    return model


model = define_model(vocab_size, max_length)
model.fit(data_generator(descriptions, photos), epochs=1, steps_per_epoch=3, verbose=0)
