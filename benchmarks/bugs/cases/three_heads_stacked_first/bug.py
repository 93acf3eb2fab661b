import tensorflow as tf


def branch():
    return tf.keras.Sequential([
        tf.keras.layers.Conv2D(filters=8, kernel_size=3),
        tf.keras.layers.GlobalAveragePooling2D(keepdims=False),
        tf.keras.layers.Dense(units=10),
    ])


class MyModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self._l1 = branch()
        self._l2 = branch()
        self._l3 = branch()

    def call(self, inputs, training=None):
        y1 = self._l1(inputs)
        y2 = self._l2(inputs)
        y3 = self._l3(inputs)
        # (3, batch_size, 10)
        return tf.stack([y1, y2, y3])


def get_dataset():
    db = tf.data.Dataset.range(20)
    db = db.map(lambda x: (
        tf.random.uniform(shape=(32, 32, 3), dtype=tf.float32),
        tf.one_hot(tf.random.uniform(shape=(), minval=0, maxval=9, dtype=tf.int64), depth=10),
    ))
    return db.batch(5)


model = MyModel()
model.compile(
    optimizer="adam",
    loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True),
)
model.fit(get_dataset(), epochs=1)
