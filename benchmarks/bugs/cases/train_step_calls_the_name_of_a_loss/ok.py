import numpy as np
import tensorflow as tf


class CustomModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.flat = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(32, activation="relu")
        self.out = tf.keras.layers.Dense(10)

    def call(self, inputs, training=False):
        return self.out(self.hidden(self.flat(inputs)))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.loss(y, y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        return {"loss": loss}


images = np.random.rand(64, 28, 28).astype("float32")
labels = np.eye(10, dtype="float32")[np.arange(64) % 10]
model = CustomModel()
model.compile(optimizer="adam", loss=tf.keras.losses.MeanSquaredError())
model.fit(images, labels, epochs=1)
