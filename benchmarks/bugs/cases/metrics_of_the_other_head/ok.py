import numpy as np
import tensorflow as tf

inputs = tf.keras.Input(shape=(10, 5))
x = tf.keras.layers.LSTM(16)(inputs)

reg = tf.keras.layers.Dense(3, name="regression_head")(x)
dir_logits = tf.keras.layers.Dense(9)(x)
dir_head = tf.keras.layers.Softmax(axis=-1, name="direction_head")(
    tf.keras.layers.Reshape((3, 3))(dir_logits))

model = tf.keras.Model(inputs=inputs, outputs=[reg, dir_head])
losses = {
    "regression_head": tf.keras.losses.Huber(),
    "direction_head": tf.keras.losses.CategoricalCrossentropy(),
}
metrics = {
    "regression_head": [tf.keras.metrics.MeanAbsoluteError(name="mae")],
    "direction_head": [tf.keras.metrics.CategoricalAccuracy(name="accuracy")],
}
model.compile(optimizer="adam", loss=losses, metrics=metrics)

X = np.random.randn(48, 10, 5).astype("float32")
targets = {"regression_head": np.random.randn(48, 3).astype("float32"),
           "direction_head": tf.one_hot(np.random.randint(0, 3, (48, 3)), 3).numpy()}
model.fit(X, [targets[k] for k in losses], epochs=1, batch_size=16)
