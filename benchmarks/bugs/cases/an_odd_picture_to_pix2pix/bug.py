from tensorflow.keras.layers import (
    Activation, BatchNormalization, Concatenate, Conv2D, Dropout, Input, LeakyReLU, UpSampling2D)
from tensorflow.keras.models import Model


class Pix2Pix:
    def __init__(self, img_rows=126, img_cols=126, channels=3, gf=16):
        self.img_shape = (img_rows, img_cols, channels)
        self.channels = channels
        self.gf = gf
        self.generator = self.build_generator()

    def build_generator(self):
        def conv2d(layer_input, filters, f_size=4, bn=True):
            d = Conv2D(filters, kernel_size=f_size, strides=2, padding="same")(layer_input)
            d = LeakyReLU(negative_slope=0.2)(d)
            return BatchNormalization(momentum=0.8)(d) if bn else d

        def deconv2d(layer_input, skip_input, filters, f_size=4, dropout_rate=0):
            u = UpSampling2D(size=2)(layer_input)
            u = Conv2D(filters, f_size, padding="same", activation="relu")(u)
            if dropout_rate:
                u = Dropout(dropout_rate)(u)
            u = BatchNormalization(momentum=0.8)(u)
            return Concatenate()([u, skip_input])

        d0 = Input(shape=self.img_shape)
        d1 = conv2d(d0, self.gf, bn=False)
        d2 = conv2d(d1, self.gf * 2)
        d3 = conv2d(d2, self.gf * 4)
        d4 = conv2d(d3, self.gf * 8)
        u1 = deconv2d(d4, d3, self.gf * 4, dropout_rate=0.5)
        u2 = deconv2d(u1, d2, self.gf * 2)
        u3 = deconv2d(u2, d1, self.gf)
        u4 = UpSampling2D(size=2)(u3)
        return Model(d0, Activation("tanh")(Conv2D(self.channels, 4, padding="same")(u4)))


gan = Pix2Pix()
print(gan.generator.output_shape)
