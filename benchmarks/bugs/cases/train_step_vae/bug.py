import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

class AE(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([layers.Input((28, 28, 1)), layers.Flatten(), layers.Dense(32)])
        self.decoder = keras.Sequential([layers.Input((32,)), layers.Dense(784, activation="sigmoid")])

    def call(self, x):
        return self.decoder(self.encoder(x))

    def train_step(self, data):
        with tf.GradientTape() as tape:
            recon = self(data, training=True)
            loss = tf.reduce_mean(tf.reduce_sum(tf.square(data - recon), axis=-1))
        grads = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        return {"loss": loss}

model = AE()
model.compile(optimizer="adam")
model.fit(np.zeros((30, 28, 28, 1), dtype="float32"), epochs=1, batch_size=10)
