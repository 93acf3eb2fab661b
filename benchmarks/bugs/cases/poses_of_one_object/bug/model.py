from tensorflow import keras
from tensorflow.keras import layers

WIDTHS = (16, 24, 32)


def class_net(features, num_classes, width, num_anchors=9):
    for depth in range(2):
        features = layers.SeparableConv2D(width, 3, padding="same", name=f"class-{depth}")(features)
        features = layers.BatchNormalization(name=f"class-{depth}-bn")(features)
        features = layers.Activation("swish")(features)
    logits = layers.SeparableConv2D(num_classes * num_anchors, 3, padding="same", name="class-predict")(features)
    return layers.Activation("sigmoid")(layers.Reshape((-1, num_classes))(logits))


def build_model(phi, num_classes):
    image = keras.Input((64, 64, 3))
    x = layers.Conv2D(WIDTHS[phi], 3, strides=4, padding="same", activation="relu", name="stem")(image)
    return keras.Model(image, class_net(x, num_classes, WIDTHS[phi]), name=f"pose_{phi}")
