import numpy as np
import pandas as pd
import tensorflow as tf

df = pd.DataFrame(np.random.rand(200, 16), columns=[f"c{k}" for k in range(16)])
df["Stay"] = np.arange(200) % 11
X_train = df.drop("Stay", axis=1)
a = tf.keras.utils.to_categorical(df["Stay"], 11)
model = tf.keras.models.Sequential()
model.add(tf.keras.Input(shape=X_train.shape[1:]))
model.add(tf.keras.layers.Dense(64, activation="relu"))
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dense(11, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train.values, a, epochs=1, validation_split=0.2, verbose=0)
