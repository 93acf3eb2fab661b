import numpy as np
import keras
from keras import layers

user = keras.Input((1,), name="user_id")
item = keras.Input((1,), name="item_id")
u = layers.Flatten()(layers.Embedding(100, 8)(user))
i = layers.Flatten()(layers.Embedding(200, 8)(item))
score = layers.Dot(axes=1)([u, i])
model = keras.Model([user, item], score)
model.compile("adam", "mse")
users = np.random.randint(0, 100, (64, 1))
items = np.random.randint(0, 200, (64, 1))
model.fit({"user_id": users, "item": items}, np.random.rand(64, 1))
