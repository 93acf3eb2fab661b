import numpy as np
import tensorflow as tf


class Recommender(tf.keras.Model):
    def __init__(self, users, items, dim=16):
        super().__init__()
        self.user_embedding = tf.keras.layers.Embedding(users, dim)
        self.item_embedding = tf.keras.layers.Embedding(items, dim)
        self.rating = tf.keras.Sequential([
            tf.keras.layers.Dense(32, activation="relu"),
            tf.keras.layers.Dense(1),
        ])

    def call(self, inputs):
        user = self.user_embedding(inputs["user_id"])
        item = self.item_embedding(inputs["movie_id"])
        return self.rating(tf.concat([user, item], axis=1))


data = {
    "user_id": np.random.randint(0, 50, 64),
    "movie_title": np.random.randint(0, 90, 64),
}
ratings = np.random.randint(1, 6, (64, 1)).astype("float32")
train = tf.data.Dataset.from_tensor_slices((data, ratings)).shuffle(64).batch(16)
model = Recommender(50, 90)
model.compile(optimizer=tf.keras.optimizers.Adagrad(0.1), loss="mse")
model.fit(train, epochs=1)
