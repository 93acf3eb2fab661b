import numpy as np
import tensorflow as tf
import keras


class SAM(keras.Model):
    def __init__(self, base, rho=0.05):
        super().__init__()
        self.base = base
        self.rho = rho

    def call(self, x, training=False):
        return self.base(x, training=training)

    def train_step(self, data):
        x, y, weight = data
        with tf.GradientTape() as tape:
            prediction = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=prediction)
        gradients = tape.gradient(loss, self.base.trainable_variables)
        norm = tf.linalg.global_norm(gradients)
        moved = [g * self.rho / (norm + 1e-12) for g in gradients]
        for variable, step in zip(self.base.trainable_variables, moved):
            variable.assign_add(step)
        self.optimizer.apply_gradients(zip(gradients, self.base.trainable_variables))
        return {"loss": loss}


base = keras.Sequential([keras.Input((10,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model = SAM(base)
model.compile("sgd", "mse")
x, y = np.random.rand(32, 10), np.random.rand(32, 1)
model.fit(x, y, sample_weight=np.ones(32), batch_size=8, epochs=1)
