import numpy as np
from tensorflow.keras.layers import Conv1D, Dense, Embedding, Flatten, Input
from tensorflow.keras.models import Model

MAX_INPUT_LENGTH = 20
VOCAB_SIZE = 11


def train_generator(nb_samples):
    for _ in range(nb_samples):
        x = np.random.randint(0, VOCAB_SIZE, size=MAX_INPUT_LENGTH)
        y = np.asarray(sorted(x))
        yield x, y


def main():
    inputs = Input(shape=(MAX_INPUT_LENGTH,))
    x = Embedding(VOCAB_SIZE, 16)(inputs)
    x = Conv1D(8, 3, padding="same", activation="relu")(x)
    x = Flatten()(x)
    output = Dense(MAX_INPUT_LENGTH, activation="linear")(x)
    model = Model(inputs, output)
    model.compile(loss="mse", optimizer="adam")
    model.fit(train_generator(nb_samples=100), steps_per_epoch=10, epochs=1)


if __name__ == "__main__":
    main()
