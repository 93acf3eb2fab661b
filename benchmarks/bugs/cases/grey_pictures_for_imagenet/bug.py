import keras
from keras import layers
from keras.applications import DenseNet121


def emotion_classifier(size, pretrained=True, classes=7):
    base = DenseNet121(
        include_top=False,
        weights="imagenet" if pretrained else None,
        input_shape=(size, size, 1),
        pooling="avg",
    )
    for layer in base.layers[:-20]:
        layer.trainable = False
    x = layers.Dense(64, activation="relu")(base.output)
    x = layers.Dropout(0.5)(x)
    return keras.Model(base.input, layers.Dense(classes, activation="softmax")(x))


PRETRAINED = True
model = emotion_classifier(48, PRETRAINED)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
