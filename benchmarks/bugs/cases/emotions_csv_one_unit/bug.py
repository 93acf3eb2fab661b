import io

import numpy as np
import pandas as pd
from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, Input, MaxPool2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical


def csv_of(rows, size):
    header = ",".join(["emotion"] + ["pixel%d" % i for i in range(size * size)])
    lines = [",".join([str(row % 7)] + ["12"] * (size * size)) for row in range(rows)]
    return io.StringIO("\n".join([header] + lines))


SIZE = 24
train = pd.read_csv(csv_of(70, SIZE))
Y_train = train["emotion"]
X_train = train.drop(labels=["emotion"], axis=1)
X_train = X_train.astype("float32") / 255.0
X_train = X_train.values.reshape(-1, SIZE, SIZE, 1)
Y_train = to_categorical(Y_train, num_classes=7)

order = np.random.default_rng(2).permutation(len(X_train))
cut = int(0.9 * len(order))
X_train, X_val = X_train[order[:cut]], X_train[order[cut:]]
Y_train, Y_val = Y_train[order[:cut]], Y_train[order[cut:]]

model = Sequential()
model.add(Input((SIZE, SIZE, 1)))
model.add(Conv2D(filters=8, kernel_size=(5, 5), padding="Same", activation="relu"))
model.add(MaxPool2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(64, activation="relu"))
model.add(Dense(1, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, Y_train, batch_size=21, epochs=1, validation_data=(X_val, Y_val))
