import numpy as np
import keras
import tensorflow as tf

STEPS, CHANNELS = 30, 6


def generate(n):
    def generator():
        rng = np.random.default_rng(2)
        for _ in range(n):
            signal = rng.normal(size=(STEPS, CHANNELS)).astype("float32")
            yield {"signal": signal}, {"target": np.float32(signal.mean() > 0)}

    signature = (
        {"signal": tf.TensorSpec((STEPS, CHANNELS), tf.float32)},
        {"target": tf.TensorSpec((), tf.float32)},
    )
    return tf.data.Dataset.from_generator(generator, output_signature=signature)


inputs = {"signal": keras.Input((STEPS, CHANNELS), name="signal")}
x = keras.layers.Conv1D(16, 5, activation="relu")(inputs["signal"])
x = keras.layers.GlobalMaxPooling1D()(x)
x = keras.layers.Dense(8, activation="relu")(x)
target = keras.layers.Dense(1, activation="sigmoid", name="target")(x)
model = keras.Model(inputs, target)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])

train_set = generate(64).batch(16)
model.fit(train_set, epochs=1, verbose=0)
print(model.evaluate(train_set, verbose=0))
