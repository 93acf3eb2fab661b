import tensorflow.keras.layers as KL
import tensorflow.keras.models as KM


class Config:
    NAME = "shapes"
    IMAGE_SHAPE = (750, 1000, 3)
    TOP_DOWN_PYRAMID_SIZE = 64


def stage(x, filters, stage_number):
    x = KL.Conv2D(filters, (3, 3), strides=(2, 2), padding="same", name=f"res{stage_number}a")(x)
    shortcut = x
    x = KL.Conv2D(filters, (3, 3), padding="same", name=f"res{stage_number}b")(x)
    x = KL.BatchNormalization()(x)
    return KL.Activation("relu")(KL.Add()([x, shortcut]))


class MaskRCNN:
    def __init__(self, mode, config):
        self.mode = mode
        self.config = config
        self.keras_model = self.build(mode, config)

    def build(self, mode, config):
        h, w = config.IMAGE_SHAPE[:2]
        image = KL.Input(shape=[h, w, config.IMAGE_SHAPE[2]], name="input_image")
        x = KL.Conv2D(16, (7, 7), strides=(2, 2), padding="same")(image)
        stages = []
        for number, filters in enumerate((16, 32, 64, 128), start=2):
            x = stage(x, filters, number)
            stages.append(x)
        C2, C3, C4, C5 = stages
        size = config.TOP_DOWN_PYRAMID_SIZE
        P5 = KL.Conv2D(size, (1, 1), name="fpn_c5p5")(C5)
        P4 = KL.Add(name="fpn_p4add")([KL.UpSampling2D(size=(2, 2))(P5), KL.Conv2D(size, (1, 1))(C4)])
        P3 = KL.Add(name="fpn_p3add")([KL.UpSampling2D(size=(2, 2))(P4), KL.Conv2D(size, (1, 1))(C3)])
        P2 = KL.Add(name="fpn_p2add")([KL.UpSampling2D(size=(2, 2))(P3), KL.Conv2D(size, (1, 1))(C2)])
        return KM.Model(image, [P2, P3, P4, P5], name="mask_rcnn")


model = MaskRCNN("inference", Config())
model.keras_model.summary()
