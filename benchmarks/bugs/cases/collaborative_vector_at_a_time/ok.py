import numpy as np
from keras.layers import Dense, Input
from keras.models import Sequential

USERS = list(range(1, 95))
ITEMS = list(range(1, 169))


def create_model(dim):
    model = Sequential()
    model.add(Input((dim,)))
    model.add(Dense(20, activation="relu"))
    model.add(Dense(20, activation="relu"))
    model.add(Dense(1))
    model.compile(optimizer="adam", loss="mean_squared_logarithmic_error")
    return model


def one_hot(values, value):
    vector = np.zeros(len(values))
    vector[values.index(value)] = 1
    return vector


def ratings(count=200):
    rng = np.random.default_rng(0)
    return [(rng.choice(USERS), rng.choice(ITEMS), rng.integers(1, 6)) for _ in range(count)]


def generate(rates):
    while True:
        for user_id, item_id, rate in rates:
            u_vec = one_hot(USERS, user_id)
            i_vec = one_hot(ITEMS, item_id)
            yield np.concatenate((u_vec, i_vec))[np.newaxis], np.array([rate])


rates = ratings()
model = create_model(len(USERS) + len(ITEMS))
model.fit(generate(rates), steps_per_epoch=50, epochs=1)
