import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers


class MemoryCell(layers.Layer):
    def __init__(self, units, slots, width, **kwargs):
        super().__init__(**kwargs)
        self.units, self.slots, self.width = units, slots, width
        self.controller = layers.Dense(units, activation="tanh")
        self.writer = layers.Dense(slots * width)

    @property
    def state_size(self):
        return [self.units, self.slots * self.width]

    @property
    def output_size(self):
        return self.units + self.width

    def get_initial_state(self, batch_size=None):
        return [tf.zeros((batch_size, self.units)), tf.zeros((batch_size, self.slots, self.width))]

    def call(self, inputs, states):
        controller, memory = states
        read = tf.reduce_mean(tf.reshape(memory, (-1, self.slots, self.width)), axis=1)
        controller = self.controller(tf.concat([inputs, controller, read], axis=-1))
        memory = 0.9 * memory + self.writer(controller)
        return tf.concat([controller, read], axis=-1), [controller, memory]


sequence = layers.Input((15, 3))
outputs = layers.RNN(MemoryCell(16, 4, 5), return_sequences=True)(sequence)
model = Model(sequence, layers.Dense(3)(outputs))
model.compile("adam", "mse")
copy = np.random.randint(0, 2, (32, 15, 3)).astype("float32")
model.fit(copy, copy, epochs=1, verbose=0)
