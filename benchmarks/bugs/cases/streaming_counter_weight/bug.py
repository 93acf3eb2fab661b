import tensorflow as tf


class Streaming(tf.keras.layers.Layer):
    """Keeps count of the candidates that were scored."""

    def __init__(self, query_model=None, k=10):
        super().__init__()
        self.query_model = query_model
        self._k = k
        self._counter = self.add_weight("counter", dtype=tf.int32, trainable=False, initializer="zeros")

    def call(self, queries, candidates):
        if self.query_model is not None:
            queries = self.query_model(queries)
        scores = tf.linalg.matmul(queries, candidates, transpose_b=True)
        self._counter.assign_add(tf.shape(candidates)[0])
        return tf.math.top_k(scores, k=self._k)


query_model = tf.keras.Sequential([tf.keras.layers.Embedding(50, 8), tf.keras.layers.Flatten()])
index = Streaming(query_model, k=3)
values, indices = index(tf.constant([[1], [4]]), tf.random.normal((20, 8)))
print(values.shape)
