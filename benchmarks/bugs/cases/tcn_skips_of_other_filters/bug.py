import inspect
from typing import List

from tensorflow.keras import Model, layers
from tensorflow.keras.layers import Activation, BatchNormalization, Conv1D, Dense, Input, Lambda, SpatialDropout1D


class ResidualBlock(layers.Layer):
    def __init__(self, dilation_rate, nb_filters, kernel_size, padding="causal", dropout_rate=0.0, **kwargs):
        super().__init__(**kwargs)
        self.dilation_rate = dilation_rate
        self.nb_filters = nb_filters
        self.kernel_size = kernel_size
        self.padding = padding
        self.dropout_rate = dropout_rate

    def build(self, input_shape):
        self.stack = []
        for k in range(2):
            self.stack.append(Conv1D(self.nb_filters, self.kernel_size, dilation_rate=self.dilation_rate,
                                     padding=self.padding, name=f"conv1D_{k}"))
            self.stack.append(BatchNormalization())
            self.stack.append(Activation("relu"))
            self.stack.append(SpatialDropout1D(rate=self.dropout_rate))
        if self.nb_filters != input_shape[-1]:
            self.shape_match_conv = Conv1D(self.nb_filters, 1, padding="same", name="matching_conv1D")
        else:
            self.shape_match_conv = Lambda(lambda x: x, name="matching_identity")
        self.final_activation = Activation("relu")

    def call(self, inputs, training=None):
        x1 = inputs
        for layer in self.stack:
            training_flag = "training" in dict(inspect.signature(layer.call).parameters)
            x1 = layer(x1, training=training) if training_flag else layer(x1)
        x2 = self.shape_match_conv(inputs)
        return self.final_activation(layers.add([x2, x1])), x1


class TCN(layers.Layer):
    def __init__(self, nb_filters=64, kernel_size=3, dilations=(1, 2, 4, 8), use_skip_connections=True, **kwargs):
        super().__init__(**kwargs)
        self.dilations = dilations
        self.use_skip_connections = use_skip_connections
        if isinstance(nb_filters, list):
            assert len(nb_filters) == len(dilations)
        self.residual_blocks: List[ResidualBlock] = []
        for i, d in enumerate(dilations):
            filters = nb_filters[i] if isinstance(nb_filters, list) else nb_filters
            self.residual_blocks.append(ResidualBlock(d, filters, kernel_size, name=f"residual_block_{i}"))
        self.slicer = Lambda(lambda tt: tt[:, -1, :])

    def call(self, inputs, training=None):
        x = inputs
        skip_connections = []
        for block in self.residual_blocks:
            x, skip_out = block(x, training=training)
            skip_connections.append(skip_out)
        if self.use_skip_connections:
            x = layers.add(skip_connections)
        return self.slicer(x)


i = Input(shape=(100, 1))
o = TCN(nb_filters=[24, 32, 32, 48], dilations=(1, 2, 4, 8))(i)
m = Model(inputs=i, outputs=Dense(1)(o))
m.compile("adam", "mae")
