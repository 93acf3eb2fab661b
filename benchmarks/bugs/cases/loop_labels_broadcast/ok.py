import numpy as np
import tensorflow as tf

x = np.linspace(-1, 1, 256).astype("float32")[:, None]
y = np.sin(3 * x[:, 0]).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(16)


class MyKerasModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(32, activation="tanh")
        self.out = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.out(self.hidden(inputs))


model = MyKerasModel()
optimizer = tf.keras.optimizers.Adam(1e-3)


def residuals(y, y_pred):
    return y[:, tf.newaxis] - y_pred


for batch_x, batch_y in dataset:
    with tf.GradientTape() as tape:
        left = residuals(batch_y, model(batch_x, training=True))
        loss = tf.reduce_mean(tf.square(left))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
