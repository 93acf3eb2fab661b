import numpy as np
from tensorflow.keras.layers import Dense, Dot, Embedding, Flatten, Input
from tensorflow.keras.models import Model

n_books, n_users = 1000, 534


def ratings(count=5000):
    rng = np.random.default_rng(3)
    book_id = np.arange(count) % n_books + 1
    user_id = rng.integers(0, n_users, size=count)
    return np.stack([book_id, user_id, rng.integers(1, 6, size=count)], axis=1)


def entity(name, size):
    number = Input(shape=[1], name=f"{name}-Input")
    vector = Embedding(size, 5, name=f"{name}-Embedding")(number)
    return number, Flatten(name=f"Flatten-{name}")(vector)


dataset = ratings()
split = int(0.8 * len(dataset))
train, test = dataset[:split], dataset[split:]
book, book_vec = entity("Book", n_books)
user, user_vec = entity("User", n_users)
prod = Dot(axes=1)([book_vec, user_vec])
model = Model([user, book], Dense(1)(prod))
model.compile("adam", "mean_squared_error")
model.fit([train[:, 1], train[:, 0]], train[:, 2], epochs=1, verbose=0)
print(model.evaluate([test[:, 1], test[:, 0]], test[:, 2], verbose=0))
