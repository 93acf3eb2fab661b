import numpy as np
import tensorflow as tf

data_length = 40


def gen():
    rng = np.random.default_rng(1)
    for _ in range(data_length):
        i_1, i_2, i_3 = (rng.normal(size=(8,)).astype("float32") for _ in range(3))
        a_1 = rng.normal(size=(4,)).astype("float32")
        y = np.int8(a_1.sum() > 0)
        yield i_1, i_2, i_3, a_1, y


def build():
    inputs = [tf.keras.Input((8,), name=f"i_{k}") for k in (1, 2, 3)] + [tf.keras.Input((4,), name="a_1")]
    shared = tf.keras.layers.Dense(16, activation="relu")
    hidden = [shared(i) for i in inputs[:3]]
    x = tf.keras.layers.Average()(hidden)
    x = tf.keras.layers.Concatenate()([x, inputs[3]])
    return tf.keras.Model(inputs, tf.keras.layers.Dense(1, activation="sigmoid")(x))


ds = tf.data.Dataset.from_generator(
    gen,
    output_types=(tf.float32, tf.float32, tf.float32, tf.float32, tf.int8),
    output_shapes=((8,), (8,), (8,), (4,), ()),
)
ds = ds.map(lambda a, b, c, d, y: ((a, b, c, d), y))
ds = ds.shuffle(data_length).batch(10)
model = build()
model.compile("adam", "binary_crossentropy")
model.fit(ds, epochs=1, verbose=0)
