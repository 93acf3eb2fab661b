from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Concatenate, Conv2D, MaxPooling2D, UpSampling2D


class UNet:
    def __init__(self, config):
        self.config = config

    def build(self):
        data, net = self.config["data"], self.config["net"]
        inp = Input((data["size"], data["size"], data["channels"]))
        x, skips = inp, []
        for f in net["filters"]:
            x = Conv2D(f, 3, padding="same", activation="relu")(x)
            skips.append(x)
            x = MaxPooling2D()(x)
        for f, s in zip(reversed(net["filters"]), reversed(skips)):
            x = UpSampling2D(interpolation=net["up"])(x)
            x = Concatenate()([x, s])
            x = Conv2D(f, 3, padding="same", activation="relu")(x)
        return Model(inp, Conv2D(1, 1)(x))
