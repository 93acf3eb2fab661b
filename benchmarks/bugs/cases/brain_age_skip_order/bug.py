import argparse

from keras import Input, Model
from keras.layers import Concatenate, Conv2D, LeakyReLU, MaxPooling2D, UpSampling2D


class Generator:
    def __init__(self, opt):
        self.opt = opt
        self.skips = []

    def conv(self, x, f):
        for _ in range(2):
            x = Conv2D(f, 3, padding="same")(x)
            x = LeakyReLU()(x)
        return x

    def encode(self, x):
        for _ in range(self.opt.levels):
            x = self.conv(x, self.opt.filters)
            self.skips.append(x)
            x = MaxPooling2D()(x)
        return self.conv(x, self.opt.filters)

    def decode(self, x):
        while self.skips:
            x = UpSampling2D()(x)
            x = Concatenate()([x, self.skips.pop(0)])
            x = self.conv(x, self.opt.filters)
        return x

    def build(self):
        image = Input((self.opt.height, self.opt.width, 1))
        out = Conv2D(1, 1, activation="tanh")(self.decode(self.encode(image)))
        return Model(image, out, name="ageing")


parser = argparse.ArgumentParser()
parser.add_argument("--height", type=int, default=160)
parser.add_argument("--width", type=int, default=208)
parser.add_argument("--filters", type=int, default=32)
parser.add_argument("--levels", type=int, default=3)
opt = parser.parse_args()

Generator(opt).build().summary()
