import numpy as np
from tensorflow.keras.layers import Activation, Conv2D, Input, MaxPooling2D, Reshape, UpSampling2D
from tensorflow.keras.models import Sequential

n_classes, height, width = 12, 32, 32


def segnet():
    model = Sequential()
    model.add(Input((height, width, 3)))
    model.add(Conv2D(8, 3, padding="same", activation="relu"))
    model.add(MaxPooling2D())
    model.add(Conv2D(16, 3, padding="same", activation="relu"))
    model.add(UpSampling2D())
    model.add(Conv2D(n_classes, 1))
    model.add(Reshape((height * width, n_classes)))
    model.add(Activation("softmax"))
    return model


def one_hot(annotations):
    encoded = np.zeros(annotations.shape[:3] + (n_classes,))
    for label in range(n_classes):
        encoded[..., label] = annotations[..., 0] == label
    return encoded


images = np.random.rand(5, height, width, 3)
annotations = np.random.randint(0, n_classes, (5, height, width, 3))
targets = one_hot(annotations)
model = segnet()
model.compile(loss="categorical_crossentropy", optimizer="adadelta", metrics=["accuracy"])
model.fit(images, targets, batch_size=1, epochs=1, verbose=0)
