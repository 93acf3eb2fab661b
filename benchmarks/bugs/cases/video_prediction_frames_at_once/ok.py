import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class Encoder(tf.keras.Model):
    def __init__(self, num_layers, num_filters, filter_sizes):
        super().__init__()
        self.num_layers = num_layers
        self.cells = []
        self.norms = []
        for i in range(num_layers):
            self.cells.append(layers.ConvLSTM2D(num_filters[i], filter_sizes[i], padding="same",
                                                return_sequences=True, return_state=True))
            self.norms.append(layers.BatchNormalization())

    def call(self, inputs, training=False):
        states = []
        outputs = inputs
        for i in range(self.num_layers):
            outputs, hidden, cell = self.cells[i](outputs)
            outputs = self.norms[i](outputs, training=training)
            states.append([hidden, cell])
        return outputs, states


class Decoder(tf.keras.Model):
    def __init__(self, num_layers, num_filters, filter_sizes, target_length):
        super().__init__()
        self.target_length = target_length
        self.num_layers = num_layers
        self.cells = [layers.ConvLSTM2D(num_filters[i], filter_sizes[i], padding="same", return_sequences=True)
                      for i in range(num_layers)]
        self.readout = layers.Conv2D(1, 1, activation="sigmoid", padding="same")

    def call(self, last, states):
        outputs = tf.repeat(last[:, -1:], self.target_length, axis=1)
        for i in range(self.num_layers):
            outputs = self.cells[i](outputs, initial_state=states[i])
        x = layers.TimeDistributed(self.readout)(outputs)
        return x


class STP:
    def __init__(self, num_layers=2, num_filters=(8, 8), filter_sizes=(3, 3), learning_rate=1e-3):
        self.encoder = Encoder(num_layers, num_filters, filter_sizes)
        self.decoder = Decoder(num_layers, num_filters, filter_sizes, target_length=5)
        self.optimizer = tf.keras.optimizers.Adam(learning_rate)
        self.bce = tf.keras.losses.BinaryCrossentropy()

    def train_step(self, inputs, target):
        with tf.GradientTape() as tape:
            outputs, states = self.encoder(inputs, training=True)
            predicted = self.decoder(inputs, states)
            loss = self.bce(target, predicted)
        variables = self.encoder.trainable_variables + self.decoder.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    def train(self, X, Y, epochs, batch_size):
        for epoch in range(epochs):
            order = np.random.permutation(len(X))
            for start in range(0, len(X), batch_size):
                part = order[start:start + batch_size]
                loss = self.train_step(tf.convert_to_tensor(X[part]), tf.convert_to_tensor(Y[part]))
            print("epoch", epoch, float(loss))


data = np.random.rand(16, 10, 40, 40, 1).astype("float32")
model = STP()
model.train(data[:, :5], data[:, 5:], epochs=1, batch_size=8)
