from types import SimpleNamespace

from tensorflow.keras.layers import Conv2D, Dropout, Input, MaxPool2D, Reshape, concatenate
from tensorflow.keras.models import Model


def squeezedet_config():
    cfg = SimpleNamespace()
    cfg.CLASS_NAMES = ["cyclist", "pedestrian", "car"]
    cfg.CLASSES = len(cfg.CLASS_NAMES)
    cfg.IMAGE_WIDTH = 1248
    cfg.IMAGE_HEIGHT = 384
    cfg.N_CHANNELS = 3
    cfg.ANCHOR_PER_GRID = 9
    cfg.ANCHORS_WIDTH = cfg.IMAGE_WIDTH // 16
    cfg.ANCHORS_HEIGHT = cfg.IMAGE_HEIGHT // 16
    cfg.ANCHORS = cfg.ANCHORS_WIDTH * cfg.ANCHORS_HEIGHT * cfg.ANCHOR_PER_GRID
    cfg.KEEP_PROB = 0.5
    return cfg


class SqueezeDet:
    def __init__(self, config):
        self.config = config
        self.model = self._create_model()

    def _fire(self, x, name, s1x1, e1x1, e3x3):
        squeezed = Conv2D(s1x1, 1, activation="relu", padding="same", name=name + "_squeeze")(x)
        left = Conv2D(e1x1, 1, activation="relu", padding="same", name=name + "_e1")(squeezed)
        right = Conv2D(e3x3, 3, activation="relu", padding="same", name=name + "_e3")(squeezed)
        return concatenate([left, right], axis=3)

    def _create_model(self):
        c = self.config
        image = Input(shape=(c.IMAGE_HEIGHT, c.IMAGE_WIDTH, c.N_CHANNELS), name="input")
        x = Conv2D(64, 3, strides=2, padding="same", activation="relu")(image)
        x = MaxPool2D(3, strides=2, padding="same")(x)
        x = self._fire(x, "fire2", 16, 64, 64)
        x = MaxPool2D(3, strides=2, padding="same")(x)
        x = self._fire(x, "fire4", 32, 128, 128)
        x = MaxPool2D(3, strides=2, padding="same")(x)
        x = self._fire(x, "fire6", 48, 192, 192)
        x = Dropout(rate=c.KEEP_PROB)(x)
        num_output = c.ANCHOR_PER_GRID * (c.CLASSES + 1 + 4)
        preds = Conv2D(num_output, 3, padding="same", name="conv12")(x)
        pred_reshaped = Reshape((c.ANCHORS, -1))(preds)
        return Model(inputs=image, outputs=pred_reshaped)


config = squeezedet_config()
config.IMAGE_WIDTH = config.IMAGE_HEIGHT = 832
squeeze = SqueezeDet(config)
