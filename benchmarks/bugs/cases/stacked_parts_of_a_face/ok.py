import keras
from keras import layers, ops


class CropParts(layers.Layer):
    def __init__(self, boxes, **kwargs):
        super().__init__(**kwargs)
        self.boxes = boxes

    def call(self, image):
        parts = []
        for top, left, height, width in self.boxes:
            parts.append(image[:, top : top + height, left : left + width, :])
        return ops.stack(parts, axis=1)


def face_model(size, boxes, width=32):
    face = keras.Input((size, size, 3))
    parts = CropParts(boxes)(face)
    x = layers.TimeDistributed(layers.Conv2D(8, 3, activation="relu"))(parts)
    x = layers.TimeDistributed(layers.GlobalAveragePooling2D())(x)
    x = layers.Flatten()(x)
    return keras.Model(face, layers.Dense(width)(x))


BOXES = [(20, 12, 16, 24), (20, 60, 16, 24), (64, 36, 16, 24)]
face_model(96, BOXES).summary()
