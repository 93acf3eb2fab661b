import argparse

import models
import numpy as np


def parse():
    parser = argparse.ArgumentParser(description="inpainting")
    parser.add_argument("--image_shape", type=int, nargs=2, default=[96, 96])
    parser.add_argument("--base", type=int, default=8)
    return parser.parse_args()


def random_mask(shape):
    mask = np.zeros((1, *shape, 1))
    mask[:, shape[0] // 4:shape[0] // 2, shape[1] // 4:shape[1] // 2] = 1.0
    return mask


if __name__ == "__main__":
    args = parse()
    network = models.generator(args)
    photo = np.random.uniform(-1, 1, (1, *args.image_shape, 3))
    print(network.predict([photo, random_mask(args.image_shape)], verbose=0).shape)
