import argparse

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Activation, AveragePooling2D, BatchNormalization, Concatenate, Conv2D, Input, Reshape
from tensorflow.keras.models import Model


def argparser(argv=None):
    parser = argparse.ArgumentParser(description="PSPNet for own data")
    parser.add_argument("--n_labels", type=int, default=2, help="number of labels")
    parser.add_argument("--input_shape", type=int, nargs=3, default=(48, 48, 3))
    parser.add_argument("--batch_size", default=4, type=int)
    parser.add_argument("--n_epochs", default=1, type=int)
    parser.add_argument("--loss", default="categorical_crossentropy")
    return parser.parse_args(argv)


def one_hot(mask, n_labels):
    layers = np.zeros(mask.shape + (n_labels,), dtype="float32")
    for label in range(n_labels):
        layers[..., label] = mask == label
    return layers


def data_gen(batch_size, dims, n_labels):
    height, width, channels = dims
    while True:
        imgs, masks = [], []
        for _ in range(batch_size):
            imgs.append(np.random.randint(0, 255, (height, width, channels)) / 255.0)
            mask = (np.random.rand(height, width) > 0.5).astype(int)
            masks.append(one_hot(mask, n_labels).reshape(height * width, n_labels))
        yield np.array(imgs), np.array(masks)


def pyramid_pooling(x, sizes=(2, 4)):
    outs = [x]
    for size in sizes:
        y = AveragePooling2D(size)(x)
        y = Conv2D(8, 1, use_bias=False)(y)
        outs.append(tf.keras.layers.UpSampling2D(size, interpolation="bilinear")(y))
    return Concatenate()(outs)


def PSPNet50(input_shape, n_labels):
    inputs = Input(shape=input_shape)
    x = Conv2D(16, 3, strides=2, padding="same")(inputs)
    x = Activation("relu")(BatchNormalization()(x))
    x = pyramid_pooling(x)
    x = tf.keras.layers.UpSampling2D(2)(Conv2D(n_labels, 3, padding="same")(x))
    x = Reshape((input_shape[0] * input_shape[1], n_labels))(x)
    return Model(inputs, Activation("softmax")(x))


def main(args):
    train_gen = data_gen(args.batch_size, args.input_shape, args.n_labels)
    pspnet = PSPNet50(tuple(args.input_shape), args.n_labels)
    pspnet.compile(loss=args.loss, optimizer="adadelta", metrics=["accuracy"])
    pspnet.fit(train_gen, steps_per_epoch=3, epochs=args.n_epochs)


if __name__ == "__main__":
    main(argparser())
