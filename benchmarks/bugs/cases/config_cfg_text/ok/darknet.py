from tensorflow.keras.layers import Add, Conv2D, Input
from tensorflow.keras.models import Model

from parse import parse_cfg


def create(path):
    blocks = parse_cfg(path)
    net = blocks[0]
    x = inputs = Input((int(net["height"]), int(net["width"]), int(net["channels"])))
    outputs = []
    for block in blocks[1:]:
        if block["type"] == "convolutional":
            x = Conv2D(int(block["filters"]), int(block["size"]), strides=int(block["stride"]), padding="same")(x)
        elif block["type"] == "shortcut":
            x = Add()([x, outputs[int(block["from"])]])
        outputs.append(x)
    return Model(inputs, x)
