import numpy as np
from tensorflow.keras import layers, models
from tensorflow.keras.applications import MobileNetV2, VGG16, ResNet50

BACKBONES = {"vgg": VGG16, "resnet": ResNet50, "mobilenet": MobileNetV2}


class TransferModel:
    def __init__(self, backbone, image_size, classes):
        base = BACKBONES[backbone](include_top=False, weights=None, input_shape=(*image_size, 3))
        base.trainable = False
        self.model = models.Sequential([
            base,
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.2),
            layers.Dense(classes, activation="softmax"),
        ])

    def predict(self, images):
        return self.model.predict(images, verbose=0)


size = (32, 32)
model = TransferModel("resnet", size, 5)
print(model.predict(np.zeros((1, *size, 3))).shape)
