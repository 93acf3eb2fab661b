import numpy as np
import pandas as pd
from keras.layers import Dense, Flatten, Input
from keras.models import Sequential
from sklearn.model_selection import train_test_split

WORDS, DIM = 40, 30

df = pd.DataFrame({"text": [f"sentence number {i}" for i in range(120)]})
df["vector"] = [np.random.rand(WORDS, DIM) for _ in range(len(df))]
df["label"] = np.arange(len(df)) % 2

x_train, x_test, y_train, y_test = train_test_split(
    df["vector"].values, df["label"].values, test_size=0.2, random_state=0
)

model = Sequential()
model.add(Input((WORDS, DIM)))
model.add(Dense(20, kernel_initializer="he_uniform", activation="relu"))
model.add(Flatten())
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1, validation_data=(x_test, y_test))
