import argparse

import numpy as np
from keras import layers, models


def srm_filters(channels):
    kernels = np.zeros((5, 5, channels, 4), dtype="float32")
    edge = np.array([[-1, 2, -1], [2, -4, 2], [-1, 2, -1]]) / 4
    for k in range(4):
        for c in range(channels):
            kernels[1:4, 1:4, c, k] = np.rot90(edge, k)
    return kernels


def preprocessing_layer(size):
    model = models.Sequential()
    model.add(layers.Input((size, size, 1)))
    model.add(layers.Conv2D(4, (5, 5), padding="same", use_bias=False))
    return model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--channels", type=int, default=1)
    args = parser.parse_args()
    model = preprocessing_layer(args.size)
    model.set_weights([srm_filters(args.channels)])
    model.trainable = False
    print(model.predict(np.random.rand(2, args.size, args.size, 1)).shape)


if __name__ == "__main__":
    main()
