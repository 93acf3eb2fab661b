import string

import keras
import numpy as np
from keras import layers
from keras.utils import pad_sequences

char_list = string.ascii_letters + string.digits
words = ["alpha", "Beta42", "gamma", "delta7", "epsilon", "zeta"] * 10


def encode_to_labels(txt):
    return [char_list.index(char) for char in txt]


training_img, training_txt, train_label_length = [], [], []
valid_img, valid_txt, valid_label_length = [], [], []
max_label_len = 0
for i, txt in enumerate(words):
    img = np.random.rand(32, 128, 1).astype("float32")
    max_label_len = max(max_label_len, len(txt))
    train_label_length.append(len(txt))
    if i % 10 == 0:
        valid_img.append(img)
        valid_txt.append(encode_to_labels(txt))
        valid_label_length.append(len(txt))
    else:
        training_img.append(img)
        training_txt.append(encode_to_labels(txt))

train_padded_txt = pad_sequences(training_txt, maxlen=max_label_len, padding="post", value=len(char_list))

image = layers.Input((32, 128, 1), name="image")
labels = layers.Input((max_label_len,), name="the_labels")
label_length = layers.Input((1,), name="label_length")
x = layers.Conv2D(16, 3, activation="relu", padding="same")(image)
x = layers.GlobalAveragePooling2D()(x)
x = layers.concatenate([x, labels, label_length])
model = keras.Model([image, labels, label_length], layers.Dense(1)(x))
model.compile(loss="mse", optimizer="adam")
model.fit(
    x=[np.array(training_img), train_padded_txt, np.array(train_label_length)],
    y=np.zeros(len(training_img)),
    batch_size=16,
    epochs=1,
)
