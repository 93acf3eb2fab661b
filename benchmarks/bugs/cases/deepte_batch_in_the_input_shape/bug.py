import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

KMERS = 16384
CLASSES = ["ClassI", "ClassII", "ClassIII"]


def word_counts(sequences, k=7):
    counts = np.zeros((len(sequences), KMERS), dtype="float32")
    code = {"A": 0, "C": 1, "G": 2, "T": 3}
    for row, sequence in enumerate(sequences):
        for start in range(len(sequence) - k + 1):
            word = 0
            for letter in sequence[start : start + k]:
                word = 4 * word + code[letter]
            counts[row, word] += 1
    return counts


def cnn_model(class_num):
    model = Sequential()
    model.add(Conv2D(100, (1, 3), activation="relu", input_shape=(None, 1, KMERS, 1)))
    model.add(MaxPooling2D((1, 2)))
    model.add(Conv2D(50, (1, 3), activation="relu"))
    model.add(MaxPooling2D((1, 2)))
    model.add(Dropout(0.5))
    model.add(Flatten())
    model.add(Dense(16, activation="relu"))
    model.add(Dense(class_num, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


rng = np.random.default_rng(0)
sequences = ["".join(rng.choice(list("ACGT"), 200)) for _ in range(6)]
X = word_counts(sequences).reshape(len(sequences), 1, KMERS, 1)
Y = to_categorical([0, 1, 2, 0, 1, 2], len(CLASSES))
model = cnn_model(Y.shape[1])
model.fit(X, Y, batch_size=3, epochs=1, verbose=0)
print(model.predict(X[:1], verbose=0))
