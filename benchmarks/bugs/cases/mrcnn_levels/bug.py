from keras import layers as KL
from keras import models as KM


class Config:
    NAME = None
    BACKBONE = "resnet50"
    IMAGE_MAX_DIM = 1024
    TOP_DOWN_PYRAMID_SIZE = 64

    def __init__(self):
        self.IMAGE_SHAPE = (self.IMAGE_MAX_DIM, self.IMAGE_MAX_DIM, 3)

    def display(self):
        for a in dir(self):
            if not a.startswith("__") and not callable(getattr(self, a)):
                print("{:30} {}".format(a, getattr(self, a)))


class CellsConfig(Config):
    NAME = "cells"
    IMAGE_MAX_DIM = 1000


def conv_block(x, filters, stage, block, strides=(2, 2)):
    nb1, nb2, nb3 = filters
    name = "res" + str(stage) + block + "_branch"
    y = KL.Conv2D(nb1, (1, 1), strides=strides, name=name + "2a")(x)
    y = KL.Activation("relu")(KL.BatchNormalization()(y))
    y = KL.Conv2D(nb2, (3, 3), padding="same", name=name + "2b")(y)
    y = KL.Activation("relu")(KL.BatchNormalization()(y))
    y = KL.Conv2D(nb3, (1, 1), name=name + "2c")(y)
    shortcut = KL.Conv2D(nb3, (1, 1), strides=strides, name=name + "1")(x)
    return KL.Activation("relu")(KL.Add()([y, shortcut]))


def resnet_graph(x):
    x = KL.ZeroPadding2D((3, 3))(x)
    x = KL.Conv2D(16, (7, 7), strides=(2, 2), name="conv1")(x)
    x = KL.Activation("relu")(x)
    C1 = x = KL.MaxPooling2D((3, 3), strides=(2, 2), padding="same")(x)
    C2 = x = conv_block(x, [16, 16, 64], 2, "a", strides=(1, 1))
    C3 = x = conv_block(x, [32, 32, 128], 3, "a")
    C4 = x = conv_block(x, [64, 64, 256], 4, "a")
    C5 = conv_block(x, [128, 128, 512], 5, "a")
    return [C1, C2, C3, C4, C5]


class MaskRCNN:
    def __init__(self, mode, config):
        assert mode in ["training", "inference"]
        self.mode = mode
        self.config = config
        self.keras_model = self.build(mode=mode, config=config)

    def build(self, mode, config):
        image = KL.Input(shape=config.IMAGE_SHAPE, name="input_image")
        _, C2, C3, C4, C5 = resnet_graph(image)
        P5 = KL.Conv2D(config.TOP_DOWN_PYRAMID_SIZE, (1, 1), name="fpn_c5p5")(C5)
        P4 = KL.Add(name="fpn_p4add")([
            KL.UpSampling2D(size=(2, 2), name="fpn_p5upsampled")(P5),
            KL.Conv2D(config.TOP_DOWN_PYRAMID_SIZE, (1, 1), name="fpn_c4p4")(C4)])
        P3 = KL.Add(name="fpn_p3add")([
            KL.UpSampling2D(size=(2, 2), name="fpn_p4upsampled")(P4),
            KL.Conv2D(config.TOP_DOWN_PYRAMID_SIZE, (1, 1), name="fpn_c3p3")(C3)])
        P2 = KL.Add(name="fpn_p2add")([
            KL.UpSampling2D(size=(2, 2), name="fpn_p3upsampled")(P3),
            KL.Conv2D(config.TOP_DOWN_PYRAMID_SIZE, (1, 1), name="fpn_c2p2")(C2)])
        return KM.Model(image, [P2, P3, P4, P5])


model = MaskRCNN(mode="inference", config=CellsConfig())
