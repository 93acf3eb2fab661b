from tensorflow.keras.layers import Activation, Conv2D, Dense, Dropout, Flatten, GlobalAveragePooling2D, MaxPooling2D
from tensorflow.keras.models import Sequential


def conv_block(model, filters, size=3):
    model.add(Conv2D(filters, (size, size), padding="same"))
    model.add(Activation("relu"))
    model.add(Conv2D(filters, (size, size)))
    model.add(Activation("relu"))
    return model


def cnn2d(input_shape, num_classes, filters=(32, 64)):
    model = Sequential()
    model.add(MaxPooling2D((1, 2), input_shape=input_shape))
    for count in filters:
        model = conv_block(model, count)
        model.add(MaxPooling2D((2, 2)))
        model.add(Dropout(0.25))
    model.add(Flatten())
    model.add(Dense(128, activation="relu"))
    model.add(Dense(num_classes, activation="softmax"))
    return model


def compile_for(kind, num_classes):
    shapes = {"mfcc": (40, 174, 1), "chroma": (12, 174, 1)}
    model = cnn2d(shapes[kind], num_classes)
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


classifier = compile_for("mfcc", 5)
