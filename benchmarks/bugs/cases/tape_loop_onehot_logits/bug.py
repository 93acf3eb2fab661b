import numpy as np
import tensorflow as tf

NUM_CLASSES = 6
x = np.random.rand(60, 30).astype("float32")
y = np.random.randint(0, NUM_CLASSES, 60)
y = tf.keras.utils.to_categorical(y, NUM_CLASSES)
train_dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(60).batch(10)

inputs = tf.keras.Input(shape=(30,))
h = tf.keras.layers.Dense(64, activation="relu")(inputs)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(NUM_CLASSES)(h))
optimizer = tf.keras.optimizers.SGD(1e-2)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
train_metric = tf.keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss_value = loss_fn(y, logits)
    grads = tape.gradient(loss_value, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    train_metric.update_state(y, logits)
    return loss_value


for epoch in range(1):
    for step, (x_batch, y_batch) in enumerate(train_dataset):
        value = train_step(x_batch, y_batch)
    print(epoch, float(value), float(train_metric.result()))
