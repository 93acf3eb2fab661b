import argparse

from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, MaxPooling2D, Reshape, UpSampling2D
from tensorflow.keras.models import Sequential

CLASSES = [0.0, 1.0, 2.0, 3.0, 4.0]


def args_parse():
    ap = argparse.ArgumentParser()
    ap.add_argument("-d", "--data", help="training data's path", default="./unet_train/")
    ap.add_argument("-m", "--model", default="segnet.h5", help="path to output model")
    ap.add_argument("-s", "--size", type=int, default=256)
    ap.add_argument("-b", "--bands", type=int, choices=(3, 4), default=3)
    return vars(ap.parse_args())


def encoder(model, plan):
    for filters, repeats in plan:
        for _ in range(repeats):
            model.add(Conv2D(filters, (3, 3), padding="same", activation="relu"))
            model.add(BatchNormalization())
        model.add(MaxPooling2D(pool_size=(2, 2)))


def decoder(model, plan):
    for filters, repeats in reversed(plan):
        model.add(UpSampling2D(size=(2, 2)))
        for _ in range(repeats):
            model.add(Conv2D(filters, (3, 3), padding="same", activation="relu"))
            model.add(BatchNormalization())


def SegNet(size, bands, n_label):
    shape = (bands, size, size)
    plan = [(32, 2), (64, 2), (128, 3)]
    model = Sequential()
    model.add(Conv2D(32, (3, 3), input_shape=shape, padding="same", activation="relu"))
    model.add(BatchNormalization())
    encoder(model, plan)
    decoder(model, plan)
    model.add(Conv2D(n_label, (1, 1), padding="same"))
    model.add(Reshape((size * size, n_label)))
    model.add(Activation("softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return model


if __name__ == "__main__":
    args = args_parse()
    model = SegNet(args["size"], args["bands"], len(CLASSES) + 1)
    model.summary()
