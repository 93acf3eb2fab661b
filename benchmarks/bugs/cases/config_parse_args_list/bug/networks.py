from tensorflow.keras import Input, Model, layers


class Generator:
    def __init__(self, opt):
        self.opt = opt
        self.down = [layers.Conv2D(int(opt.ngf * m), 4, strides=2, padding="same") for m in opt.mult]

    def __call__(self):
        x = inp = Input((self.opt.crop, self.opt.crop, 3))
        skips = []
        for conv in self.down:
            x = conv(x)
            skips.append(x)
        for skip in skips[-2::-1]:
            x = layers.UpSampling2D()(x)
            x = layers.Concatenate()([x, skip])
        return Model(inp, x)
