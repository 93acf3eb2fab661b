import numpy as np
from tensorflow.keras.layers import Activation, Conv2D, Dense, Flatten, Input, concatenate
from tensorflow.keras.models import Model

img_width, img_height = 32, 32


def branch(filters, size):
    image = Input((img_width, img_height, 3))
    x = Conv2D(filters, size, activation="tanh", padding="same")(image)
    x = Conv2D(filters, size, strides=2)(x)
    return image, Flatten()(x)


def merged():
    left, a = branch(32, 4)
    right, b = branch(16, 3)
    x = Dense(128, activation="tanh")(concatenate([a, b]))
    return Model([left, right], Activation("softmax")(Dense(10)(x)))


def batches(X, y, size=10):
    while True:
        order = np.random.permutation(len(X))
        for start in range(0, len(X) - size + 1, size):
            chosen = order[start:start + size]
            yield (X[chosen], X[chosen]), y[chosen]


X_train = np.random.rand(100, img_width, img_height, 3).astype("float32")
y_train = np.eye(10)[np.random.randint(0, 10, 100)]
model = merged()
model.compile("rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(batches(X_train, y_train), steps_per_epoch=10, epochs=1)
