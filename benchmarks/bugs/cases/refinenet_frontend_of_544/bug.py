import json

from tensorflow.keras import Model
from tensorflow.keras.applications import ResNet50
from tensorflow.keras.layers import Activation, Add, BatchNormalization, Conv2D, Dropout, MaxPool2D, UpSampling2D

CONFIG = json.loads("""{
    "input_shape": [544, 560, 3],
    "num_class": 12,
    "frontend": {"weights": null, "trainable": true}
}""")
kern_init = "he_normal"


def ResidualConvUnit(inputs, n_filters=64, name=""):
    net = Activation("relu", name=name + "relu")(inputs)
    net = Conv2D(n_filters, 3, padding="same", name=name + "conv1", kernel_initializer=kern_init)(net)
    net = Activation("relu", name=name + "relu2")(net)
    net = Conv2D(n_filters, 3, padding="same", name=name + "conv2", kernel_initializer=kern_init)(net)
    return Add(name=name + "sum")([net, inputs])


def ChainedResidualPooling(inputs, n_filters=64, name=""):
    net = Activation("relu", name=name + "relu")(inputs)
    out = net
    for number in range(2):
        net = Conv2D(n_filters, 3, padding="same", name=f"{name}conv{number}")(net)
        net = MaxPool2D(5, strides=1, padding="same", name=f"{name}pool{number}")(net)
        out = Add(name=f"{name}sum{number}")([out, net])
    return out


def MultiResolutionFusion(high_inputs, low_inputs, n_filters=64, name=""):
    conv_low = BatchNormalization()(Conv2D(n_filters, 3, padding="same", name=name + "conv_lo")(low_inputs))
    conv_high = BatchNormalization()(Conv2D(n_filters, 3, padding="same", name=name + "conv_hi")(high_inputs))
    conv_low_up = UpSampling2D(size=2, interpolation="bilinear", name=name + "up")(conv_low)
    return Add(name=name + "sum")([conv_low_up, conv_high])


def RefineBlock(high_inputs, low_inputs=None, block=0):
    if low_inputs is None:
        x = ResidualConvUnit(high_inputs, name=f"rb_{block}_rcu_h_")
    else:
        x = MultiResolutionFusion(high_inputs, low_inputs, name=f"rb_{block}_mrf_")
    x = ChainedResidualPooling(x, name=f"rb_{block}_crp_")
    return ResidualConvUnit(x, name=f"rb_{block}_rcu_o_")


def build_refinenet(input_shape, num_class, frontend):
    base = ResNet50(weights=frontend["weights"], include_top=False, input_shape=tuple(input_shape))
    base.trainable = frontend["trainable"]
    high = [base.get_layer(name).output for name in
            ("conv5_block3_out", "conv4_block6_out", "conv3_block4_out", "conv2_block3_out")]
    high = [Conv2D(64, 1, padding="same")(x) for x in high]
    low = [None] * 4
    low[0] = RefineBlock(high[0], block=4)
    for i in range(1, 4):
        low[i] = RefineBlock(high[i], low[i - 1], block=4 - i)
    net = Dropout(0.5)(low[3])
    net = UpSampling2D(size=4, interpolation="bilinear", name="rf_up")(net)
    return Model(base.input, Conv2D(num_class, 1, activation="softmax", name="rf_pred")(net))


model = build_refinenet(**CONFIG)
print(model.output_shape)
