import keras
from keras import layers, ops


class MinimalCell(layers.Layer):
    def __init__(self, units, gate="sigmoid", **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.gate = keras.activations.get(gate)

    def build(self, input_shape):
        width = input_shape[-1]
        self.kernel = self.add_weight(shape=(width, self.units), name="kernel")
        self.gate_kernel = self.add_weight(shape=(width, self.units), name="gate_kernel")
        self.recurrent = self.add_weight(shape=(self.units, self.units), name="recurrent")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs, states):
        previous = states[0]
        z = self.gate(ops.matmul(inputs, self.gate_kernel) + self.bias)
        candidate = ops.tanh(ops.matmul(inputs, self.kernel) + ops.matmul(previous, self.recurrent))
        output = z * previous + (1.0 - z) * candidate
        return output, [output]


def forecaster(steps=24, features=7, units=32, horizon=6):
    series = keras.Input((steps, features))
    x = layers.RNN(MinimalCell(units), return_sequences=True)(series)
    x = layers.RNN(MinimalCell(units // 2))(x)
    return keras.Model(series, layers.Dense(horizon)(x))


model = forecaster()
print(model(ops.zeros((2, 24, 7))).shape)
