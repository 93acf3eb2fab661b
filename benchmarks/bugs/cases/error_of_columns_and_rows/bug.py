import numpy as np
import tensorflow as tf

rng = np.random.default_rng(7)
hours = rng.uniform(0, 24, size=(128, 1)).astype("float32")
targets = (90 * np.sin(hours[:, 0] / 4) + rng.normal(size=128)).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((1,)),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.05)
dataset = tf.data.Dataset.from_tensor_slices((hours, targets)).batch(32)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        error = tf.square(y - predictions)
        loss = tf.reduce_mean(error)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return tf.shape(error)


for epoch in range(2):
    for x, y in dataset:
        errors = train_step(x, y)
print("errors of a batch:", errors.numpy().tolist())
