import numpy as np
import tensorflow as tf
from tensorflow import keras


class Trajectories(keras.utils.Sequence):
    def __init__(self, samples, batch, features=92):
        super().__init__()
        rng = np.random.default_rng(5)
        self.inputs = rng.normal(size=(samples, features)).astype("float32")
        self.observed = rng.normal(size=(samples, features)).astype("float32")
        self.batch = batch

    def __len__(self):
        return len(self.inputs) // self.batch

    def __getitem__(self, number):
        rows = slice(number * self.batch, (number + 1) * self.batch)
        return self.inputs[rows], self.observed[rows]


class Observer(keras.Model):
    def __init__(self, features=92):
        super().__init__()
        self.hidden = keras.layers.Dense(40, activation="tanh")
        self.out = keras.layers.Dense(features)
        self.tracker = keras.metrics.Mean(name="loss")

    def call(self, x):
        return self.out(self.hidden(x))

    def train_step(self, data):
        train_data, observed_data = data[0]
        with tf.GradientTape() as tape:
            guessed = self(train_data, training=True)
            loss = tf.reduce_mean(tf.square(guessed - observed_data))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result()}


model = Observer()
model.compile(optimizer="adam")
model.fit(Trajectories(60, 20), epochs=1)
