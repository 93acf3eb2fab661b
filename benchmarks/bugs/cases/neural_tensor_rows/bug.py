import keras
from keras import ops


class NeuralTensorLayer(keras.layers.Layer):
    def __init__(self, output_dim, input_dim=None, **kwargs):
        super().__init__(**kwargs)
        self.output_dim = output_dim
        self.input_dim = input_dim

    def build(self, input_shape):
        k, d = self.output_dim, self.input_dim
        init = keras.initializers.TruncatedNormal(stddev=0.1)
        self.W = self.add_weight(shape=(k, d, d), initializer=init, name="W")
        self.V = self.add_weight(shape=(d, k), initializer=init, name="V")
        self.b = self.add_weight(shape=(k,), initializer="zeros", name="b")
        self.built = True

    def call(self, inputs):
        if type(inputs) is not list or len(inputs) <= 1:
            raise Exception("NeuralTensorLayer must be called on a list of tensors")
        e1, e2 = inputs
        bilinear = ops.einsum("bi,kij,bj->bk", e1, self.W, e2)
        linear = ops.matmul(ops.concatenate([e1, e2], axis=-1), self.V)
        return ops.tanh(bilinear + linear + self.b)

    def compute_output_shape(self, input_shape):
        return input_shape[0][0], self.output_dim


left = keras.Input((16,))
right = keras.Input((16,))
score = NeuralTensorLayer(output_dim=32, input_dim=16)([left, right])
model = keras.Model([left, right], keras.layers.Dense(1)(score))
print(model([ops.ones((4, 16)), ops.ones((4, 16))]).shape)
