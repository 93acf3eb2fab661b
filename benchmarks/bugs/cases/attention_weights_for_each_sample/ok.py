import numpy as np
from tensorflow.keras.layers import Dense, InputLayer, InputSpec, Layer
from tensorflow.keras.models import Sequential


class HardAttention(Layer):
    """A weight for each stock."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.input_spec = InputSpec(min_ndim=2)

    def build(self, input_shape):
        input_dim = input_shape[-1]
        self.attention = self.add_weight(
            shape=(input_dim,), initializer="uniform", name="attention", dtype="float32", trainable=True
        )
        self.input_spec = InputSpec(min_ndim=2, axes={-1: input_dim})
        self.built = True

    def call(self, inputs):
        return inputs * self.attention

    def compute_output_shape(self, input_shape):
        return input_shape


prices = np.cumsum(np.random.randn(60, 8), axis=0)
x_train, y_train = prices[:-1, :5], prices[1:, :5] - prices[:-1, :5]
(time_step, n_stock) = np.shape(x_train)

model = Sequential()
model.add(InputLayer(shape=(n_stock,)))
model.add(HardAttention())
model.add(Dense(n_stock))
model.compile(optimizer="adam", loss="mse")
model.fit(x_train, y_train, epochs=1, batch_size=16, verbose=0)
