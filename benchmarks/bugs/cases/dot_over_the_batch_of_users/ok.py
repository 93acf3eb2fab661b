import numpy as np
import tensorflow as tf
import keras


class Tower(keras.layers.Layer):
    def __init__(self, vocabulary, size, **kwargs):
        super().__init__(**kwargs)
        self.embedding = keras.layers.Embedding(vocabulary, size)
        self.dense = keras.layers.Dense(size, activation="relu")

    def call(self, ids):
        return keras.ops.normalize(self.dense(self.embedding(ids)))


class Recommender:
    def __init__(self, users, items, size=10, axes=1):
        self.user_tower = Tower(users, size, name="user")
        self.item_tower = Tower(items, size, name="item")
        self.axes = axes

    def build(self):
        user = keras.Input((), dtype="int32", name="user_id")
        item = keras.Input((), dtype="int32", name="item_id")
        score = keras.layers.dot([self.user_tower(user), self.item_tower(item)], axes=self.axes)
        return keras.Model([user, item], score)


model = Recommender(users=50, items=80).build()
model.compile("adam", "mse")
model.fit([np.random.randint(0, 50, 64), np.random.randint(0, 80, 64)], np.random.rand(64, 1), verbose=0)
