import re

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from tensorflow.keras import Sequential
from tensorflow.keras.callbacks import EarlyStopping
from tensorflow.keras.layers import Conv1D, Dense, Embedding, Flatten, Input, MaxPooling1D
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.utils import to_categorical

MAXLEN = 28
df = pd.DataFrame({
    "text": ["good morning all", "what a terrible day :( so bad", "the bus was late, as always"] * 30
            + ["never " * 33 + "again"] * 10,
    "airline_sentiment": ["positive", "negative", "neutral"] * 30 + ["negative"] * 10,
})
df["text"] = df["text"].apply(lambda x: re.sub(r"[^a-z ]", "", x.lower()))
df["label"] = df["airline_sentiment"].map({"negative": 0, "neutral": 1, "positive": 2})

index = {}
for text in df["text"]:
    for word in text.split():
        index.setdefault(word, len(index) + 1)
sequences = [[index[w] for w in text.split()] for text in df["text"].values]
X = pad_sequences(sequences, maxlen=MAXLEN)
y = df["label"].values

model = Sequential([
    Input((MAXLEN,)),
    Embedding(len(index) + 1, 50),
    Conv1D(64, 3, padding="same", activation="relu"),
    MaxPooling1D(2),
    Conv1D(32, 3, padding="same", activation="relu"),
    Flatten(),
    Dense(250, activation="relu"),
    Dense(3, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])

X_train, X_test, Y_train, y_test = train_test_split(X, y, test_size=0.15, random_state=42)
Y_train = to_categorical(Y_train.astype(int))
y_test = to_categorical(y_test.astype(int))
callbacks_list = [EarlyStopping(monitor="val_loss", patience=2)]
model.fit(X_train, Y_train, epochs=2, batch_size=32, verbose=1, callbacks=callbacks_list, validation_data=(X_test, y_test))
