import numpy as np
import tensorflow as tf

x = np.random.rand(64, 10).astype("float32")
y = np.random.randint(0, 3, (64,))
ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(16, drop_remainder=True)
model = tf.keras.Sequential([tf.keras.layers.Input((10,)), tf.keras.layers.Dense(3)])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = tf.keras.optimizers.SGD(0.1)
for epoch in range(1):
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            logits = model(xb, training=True)
            loss = loss_fn(yb, logits)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
