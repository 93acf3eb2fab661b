import numpy as np
from tensorflow.keras import Model
from tensorflow.keras.layers import Concatenate, Dense, Embedding, Flatten, Input


def ratings(users, items, count):
    rng = np.random.default_rng(0)
    u = rng.integers(0, users, count)
    i = rng.integers(0, items, count)
    stars = np.arange(count) % 5 + 1
    return u, i, stars


def recommender(users, items, dim=8, classes=5):
    user = Input((1,), name="user")
    item = Input((1,), name="item")
    u = Flatten()(Embedding(users, dim)(user))
    i = Flatten()(Embedding(items, dim)(item))
    x = Dense(16, activation="relu")(Concatenate()([u, i]))
    model = Model([user, item], Dense(classes, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


u, i, stars = ratings(20, 30, 200)
model = recommender(20, 30)
model.fit([u, i], stars, epochs=1, verbose=0)
