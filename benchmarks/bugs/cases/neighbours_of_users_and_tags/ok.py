import numpy as np
import tensorflow as tf

EMBED = 16


class NodeAttention(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.query = tf.keras.layers.Dense(units)
        self.score = tf.keras.layers.Dense(1, use_bias=False)

    def call(self, nodes):
        weights = tf.nn.softmax(self.score(tf.nn.tanh(self.query(nodes))), axis=1)
        return tf.reduce_sum(weights * nodes, axis=1)


class HashtagModel(tf.keras.Model):
    def __init__(self, n_users, n_tags, neighbours):
        super().__init__()
        self.neighbours = neighbours
        self.user_embedding = tf.Variable(tf.random.normal((n_users, EMBED)))
        self.tag_embedding = tf.Variable(tf.random.normal((n_tags, EMBED)))
        self.attention = NodeAttention(EMBED)
        self.dense = tf.keras.layers.Dense(EMBED, activation="relu")

    def aggregate(self, users):
        own = tf.expand_dims(self.user_embedding, 1)
        around = tf.nn.embedding_lookup(self.tag_embedding, self.neighbours)
        nodes = tf.concat([own, around], -2)
        return tf.gather(self.dense(self.attention(nodes)), users)

    def call(self, inputs):
        users, tags = inputs
        user_vectors = self.aggregate(users)
        tag_vectors = tf.nn.embedding_lookup(self.tag_embedding, tags)
        return tf.reduce_sum(user_vectors * tag_vectors, axis=-1)


n_users, n_tags = 4026, 7168
rng = np.random.default_rng(1)
neighbours = rng.integers(0, n_tags, (n_users, 3))
model = HashtagModel(n_users, n_tags, neighbours)
optimizer = tf.keras.optimizers.Adam(1e-3)
for step in range(2):
    users = rng.integers(0, n_users, 32)
    tags = rng.integers(0, n_tags, 32)
    with tf.GradientTape() as tape:
        scores = model((users, tags))
        loss = tf.reduce_mean(tf.nn.softplus(-scores))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    print(step, float(loss))
