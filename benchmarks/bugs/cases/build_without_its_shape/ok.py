import keras
from keras import layers, ops


class ContextLayer(layers.Layer):
    def __init__(self, output_dim, context_size, **kwargs):
        super().__init__(**kwargs)
        self.output_dim = output_dim
        self.context_size = context_size

    def build(self, input_shape):
        self.W_vec = self.add_weight(
            shape=(self.context_size, input_shape[1], self.output_dim), name="W_vec"
        )
        super().build(input_shape)

    def call(self, x):
        return ops.einsum("bi,cio->bco", x, self.W_vec)


inputs = keras.Input((12,))
x = ContextLayer(6, 5)(inputs)
model = keras.Model(inputs, layers.GlobalAveragePooling1D()(x))
model.summary()
