import keras
import numpy as np
from keras import layers, ops


@keras.saving.register_keras_serializable(package="circuits")
class ExpectationCell(layers.Layer):
    """An LSTM cell that also remembers what a circuit made of its state."""

    def __init__(self, units, readouts, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.readouts = readouts
        self.lstm_cell = layers.LSTMCell(units)
        self.circuit = layers.Dense(readouts, activation="tanh")
        self.state_size = [units, units, readouts]
        self.output_size = readouts

    def build(self, input_shape):
        self.lstm_cell.build((input_shape[0], input_shape[-1] + self.readouts))
        self.circuit.build((input_shape[0], self.units))
        super().build(input_shape)

    def call(self, inputs, states, training=False):
        h, c, expectation = states
        joined = ops.concatenate([inputs, expectation], axis=-1)
        output, [h, c] = self.lstm_cell(joined, [h, c])
        expectation = self.circuit(output)
        return expectation, [h, c, expectation]


inputs = keras.Input((12, 4))
x = layers.RNN(ExpectationCell(6, 2), return_sequences=True)(inputs)
model = keras.Model(inputs, layers.Dense(1)(x))
model.compile("adam", "mse")
series = np.random.rand(20, 12, 4)
model.fit(series, series[..., :1], batch_size=10, epochs=1, verbose=0)
