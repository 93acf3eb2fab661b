import argparse

import numpy as np
from tensorflow.keras import applications

ARCHITECTURES = {
    "mobilenet": applications.MobileNetV2,
    "inception": applications.InceptionV3,
    "xception": applications.Xception,
}


def build(name, num_classes, weights, size):
    constructor = ARCHITECTURES[name]
    return constructor(input_shape=(size, size, 3), weights=weights, classes=num_classes, include_top=True)


parser = argparse.ArgumentParser(description="What is in a picture?")
parser.add_argument("--arch", choices=sorted(ARCHITECTURES), default="mobilenet")
parser.add_argument("--num-classes", type=int, default=1001)
parser.add_argument("--size", type=int, default=96)
parser.add_argument("--scratch", action="store_true")
options = parser.parse_args(["--arch", "mobilenet", "--scratch"])
model = build(options.arch, options.num_classes, None if options.scratch else "imagenet", options.size)
print(model.predict(np.zeros((1, options.size, options.size, 3)), verbose=0).shape)
