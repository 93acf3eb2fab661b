from keras.applications import MobileNet
from keras.layers import (Activation, Add, BatchNormalization, Concatenate, Conv2D, Input, LeakyReLU, Reshape,
                          UpSampling2D)
from keras.models import Model

cfg_mnet = {
    "name": "mobilenet0.25",
    "min_sizes": [[16, 32], [64, 128], [256, 512]],
    "steps": [8, 16, 32],
    "train_image_size": 830,
    "return_layers": ["conv_pw_5_relu", "conv_pw_11_relu", "conv_pw_13_relu"],
    "out_channel": 64,
}


def Conv2D_BN_Leaky(*args, **kwargs):
    leaky = kwargs.pop("leaky", 0.1)
    conv = Conv2D(*args, **kwargs)

    def apply(x):
        return LeakyReLU(leaky)(BatchNormalization()(conv(x)))
    return apply


def SSH(inputs, out_channel, leaky=0.1):
    conv3 = BatchNormalization()(Conv2D(out_channel // 2, 3, padding="same")(inputs))
    conv5_1 = Conv2D_BN_Leaky(out_channel // 4, 3, padding="same", leaky=leaky)(inputs)
    conv5 = BatchNormalization()(Conv2D(out_channel // 4, 3, padding="same")(conv5_1))
    conv7_2 = Conv2D_BN_Leaky(out_channel // 4, 3, padding="same", leaky=leaky)(conv5_1)
    conv7 = BatchNormalization()(Conv2D(out_channel // 4, 3, padding="same")(conv7_2))
    return Activation("relu")(Concatenate(axis=-1)([conv3, conv5, conv7]))


def ClassHead(inputs, num_anchors=2):
    outputs = Conv2D(num_anchors * 2, 1)(inputs)
    return Activation("softmax")(Reshape([-1, 2])(outputs))


def RetinaFace(cfg, backbone="mobilenet"):
    size = cfg["train_image_size"]
    inputs = Input(shape=(size, size, 3))
    if backbone == "mobilenet":
        net = MobileNet(input_tensor=inputs, alpha=0.25, include_top=False, weights=None)
        C3, C4, C5 = [net.get_layer(name).output for name in cfg["return_layers"]]
    else:
        raise ValueError("Unsupported backbone - `{}`".format(backbone))
    leaky = 0.1 if cfg["out_channel"] <= 64 else 0
    P3 = Conv2D_BN_Leaky(cfg["out_channel"], kernel_size=1, padding="same", name="C3_reduced", leaky=leaky)(C3)
    P4 = Conv2D_BN_Leaky(cfg["out_channel"], kernel_size=1, padding="same", name="C4_reduced", leaky=leaky)(C4)
    P5 = Conv2D_BN_Leaky(cfg["out_channel"], kernel_size=1, padding="same", name="C5_reduced", leaky=leaky)(C5)
    P5_upsampled = UpSampling2D(2)(P5)
    P4 = Add(name="P4_merged")([P5_upsampled, P4])
    P4 = Conv2D_BN_Leaky(cfg["out_channel"], kernel_size=3, padding="same", name="Conv_P4_merged", leaky=leaky)(P4)
    P4_upsampled = UpSampling2D(2)(P4)
    P3 = Add(name="P3_merged")([P4_upsampled, P3])
    heads = [ClassHead(SSH(p, cfg["out_channel"], leaky)) for p in (P3, P4, P5)]
    return Model(inputs=inputs, outputs=Concatenate(axis=1)(heads))


model = RetinaFace(cfg_mnet)
