import argparse

import numpy as np
import tensorflow as tf
from layers import Block, PatchEncoder

ARCHITECTURES = {
    "lite": {"patch_size": 16, "projection": 48, "depth": 1, "heads": 4},
    "base": {"patch_size": 16, "projection": 96, "depth": 2, "heads": 8},
}


def model_of(name, img_size):
    settings = ARCHITECTURES[name]
    image = tf.keras.Input((img_size, img_size, 3))
    x = PatchEncoder(settings["patch_size"], settings["projection"], img_size)(image)
    for _ in range(settings["depth"]):
        x = Block(settings["projection"], settings["heads"])(x)
    x = tf.keras.layers.Dense(3 * settings["patch_size"] ** 2)(x)
    return tf.keras.Model(image, x)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model_string", default="lite", choices=sorted(ARCHITECTURES))
    parser.add_argument("--img_size", type=int, default=256)
    args = parser.parse_args()
    model = model_of(args.model_string, args.img_size)
    print(model.predict(np.zeros((1, args.img_size, args.img_size, 3)), verbose=0).shape)


if __name__ == "__main__":
    main()
