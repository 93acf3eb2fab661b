import argparse

import numpy as np
from keras import layers, models

from capsulelayers import Length, PrimaryCap


def CapsNet(input_shape, n_class, kernel):
    x = layers.Input(shape=input_shape)
    conv1 = layers.Conv2D(filters=64, kernel_size=kernel, strides=1, padding="valid", activation="relu",
                          name="conv1")(x)
    primarycaps = PrimaryCap(conv1, dim_capsule=8, n_channels=8, kernel_size=kernel, strides=2, padding="valid")
    out_caps = Length(name="capsnet")(primarycaps)
    return models.Model(x, layers.Dense(n_class, activation="softmax")(out_caps))


def load_data(n_class=2, side=16):
    x = np.random.rand(32, side, side, 1).astype("float32")
    y = np.eye(n_class)[np.random.randint(n_class, size=32)]
    return x, y


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Capsule network on small images.")
    parser.add_argument("--epochs", default=1, type=int)
    parser.add_argument("--kernel", default=9, type=int)
    args = parser.parse_args([])
    (x_train, y_train) = load_data()
    model = CapsNet(input_shape=x_train.shape[1:], n_class=y_train.shape[1], kernel=args.kernel)
    model.summary()
