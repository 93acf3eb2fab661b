import numpy as np
import keras
from keras import layers

X = np.random.rand(100, 40)
y = keras.utils.to_categorical(np.random.randint(0, 5, 100), 5)

model = keras.Sequential([
    layers.Conv1D(16, 3, activation="relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(5, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(X, y, epochs=1)
