import numpy as np
from random import choice, sample
from tensorflow.keras.layers import Input, Dense, Concatenate, Multiply, Subtract, Dropout
from tensorflow.keras.models import Model

people = {f"p{k}": np.random.rand(128).astype("float32") for k in range(20)}
relations = [("p1", "p2"), ("p3", "p4"), ("p5", "p9"), ("p7", "p8"), ("p0", "p12")]


def gen(pairs, batch_size=16):
    everyone = list(people)
    while True:
        batch = [choice(pairs) for _ in range(batch_size // 2)]
        labels = [1] * len(batch)
        while len(batch) < batch_size:
            p1, p2 = sample(everyone, 2)
            batch.append((p1, p2))
            labels.append(0)
        X1 = np.array([people[a] for a, _ in batch])
        X2 = np.array([people[b] for _, b in batch])
        yield (X1, X2), np.array(labels)


def baseline_model():
    input_1 = Input(shape=(128,))
    input_2 = Input(shape=(128,))
    diff = Subtract()([input_1, input_2])
    diff = Multiply()([diff, diff])
    both = Multiply()([input_1, input_2])
    x = Concatenate(axis=-1)([diff, both])
    x = Dense(100, activation="relu")(x)
    x = Dropout(0.01)(x)
    out = Dense(1, activation="sigmoid")(x)
    model = Model([input_1, input_2], out)
    model.compile(loss="binary_crossentropy", metrics=["acc"], optimizer="adam")
    return model


model = baseline_model()
model.fit(gen(relations), epochs=1, steps_per_epoch=3, verbose=2)
