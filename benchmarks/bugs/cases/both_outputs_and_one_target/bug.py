import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

x = np.random.rand(48, 12)
emotion = np.random.randint(0, 4, 48)
intensity = np.random.rand(48, 1)


def two_heads():
    inputs = keras.Input((12,))
    shared = layers.Dense(24, activation="relu")(inputs)
    classes = layers.Dense(4, activation="softmax", name="emotion")(shared)
    strength = layers.Dense(1, name="intensity")(shared)
    return keras.Model(inputs, [classes, strength])


model = two_heads()
model.compile(
    "adam",
    loss=["sparse_categorical_crossentropy", "mse"],
    loss_weights=[1.0, 0.5],
)
model.fit(x, emotion, epochs=1, verbose=0)
