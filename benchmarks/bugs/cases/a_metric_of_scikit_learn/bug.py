import numpy as np
from sklearn.metrics import f1_score
from tensorflow import keras
from tensorflow.keras import layers


def f1(y_true, y_pred):
    labels = y_true.numpy().ravel()
    guesses = y_pred.numpy().ravel() > 0.5
    return f1_score(labels, guesses)


def build(run_eagerly):
    model = keras.Sequential([
        layers.Input((6,)),
        layers.Dense(8, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    model.compile("adam", "binary_crossentropy", metrics=[f1], run_eagerly=run_eagerly)
    return model


x = np.random.rand(40, 6)
y = (x.sum(axis=1) > 3).astype("int32")
model = build(run_eagerly=False)
model.fit(x, y, epochs=1, batch_size=10, verbose=0)
