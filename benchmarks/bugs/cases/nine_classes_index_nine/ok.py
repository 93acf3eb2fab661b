import numpy as np
import pandas as pd
import tensorflow as tf

frame = pd.DataFrame(np.random.rand(180, 9), columns=[f"feature_{i}" for i in range(9)])
frame["label"] = np.repeat(np.arange(1, 10), 20)
frame = frame.sample(frac=1.0, random_state=5)

cut = int(len(frame) * 0.8)
x_train, x_test = frame.iloc[:cut, :-1].values, frame.iloc[cut:, :-1].values
y_train, y_test = frame["label"].values[:cut], frame["label"].values[cut:]

y_train = tf.keras.utils.to_categorical(y_train - 1, num_classes=9)
y_test = tf.keras.utils.to_categorical(y_test - 1, num_classes=9)

model = tf.keras.Sequential([
    tf.keras.layers.Input((9,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(9, activation="softmax"),
])
model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1, validation_data=(x_test, y_test))
