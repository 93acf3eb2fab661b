import pathlib
import tomllib
from keras import Input, Model
from keras.layers import Activation, Add, Conv1D, Multiply

config = tomllib.loads(pathlib.Path("wavenet.toml").read_text())
net = config["wavenet"]


def residual_block(x, dilation):
    gate = Conv1D(net["filters"], 2, dilation_rate=dilation, padding=net["padding"], activation="sigmoid")(x)
    tanh = Conv1D(net["filters"], 2, dilation_rate=dilation, padding=net["padding"], activation="tanh")(x)
    z = Multiply()([gate, tanh])
    skip = Conv1D(net["skip"], 1)(z)
    return Add()([Conv1D(net["filters"], 1)(z), x]), skip


inputs = Input((config["data"]["samples"], 1))
x = Conv1D(net["filters"], 1)(inputs)
skips = []
for stack in range(net["stacks"]):
    for power in range(net["depth"]):
        x, skip = residual_block(x, 2 ** power)
        skips.append(skip)
out = Activation("relu")(Add()(skips))
model = Model(inputs, Conv1D(256, 1, activation="softmax")(out))
