import numpy as np
from tensorflow import keras

NODES = [
    {"op": "Conv", "name": "conv1", "kernel": np.random.rand(8, 3, 3, 3), "bias": np.zeros(8)},
    {"op": "Relu", "name": "relu1"},
    {"op": "Conv", "name": "conv2", "kernel": np.random.rand(4, 8, 1, 1), "bias": None},
]


def convert_conv(node, layers, x):
    name = node["name"]
    kernel = node["kernel"].transpose(2, 3, 1, 0)
    height, width, _, out_channels = kernel.shape
    weights = [kernel] if node["bias"] is None else [kernel, node["bias"]]
    layers[name] = keras.layers.Conv2D(
        filters=out_channels,
        kernel_size=(height, width),
        padding="same",
        weights=weights,
        use_bias=node["bias"] is not None,
        name=name,
    )
    return layers[name](x)


def convert(nodes, shape):
    inputs = x = keras.Input(shape)
    layers = {}
    for node in nodes:
        if node["op"] == "Conv":
            x = convert_conv(node, layers, x)
        elif node["op"] == "Relu":
            x = keras.layers.ReLU(name=node["name"])(x)
    return keras.Model(inputs, x)


convert(NODES, (32, 32, 3)).summary()
