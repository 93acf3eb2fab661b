import keras
import numpy as np


def recurrent_model(layer_class, units, depth=2):
    model = keras.Sequential([keras.layers.Input(batch_shape=[1, 10, 3])])
    for _ in range(depth):
        model.add(layer_class(units, return_sequences=True, stateful=True))
    model.add(keras.layers.Dense(5))
    return model


model = recurrent_model(keras.layers.LSTM, 10)
model.compile(loss="mse", optimizer="sgd")

X_train = np.random.rand(100, 10, 3)
y_train = np.random.rand(100, 10, 5)
model.fit(X_train, y_train, epochs=1)
