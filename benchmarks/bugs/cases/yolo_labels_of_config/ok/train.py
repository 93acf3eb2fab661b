import argparse
import json

import numpy as np

from frontend import YOLO
from preprocessing import BatchGenerator

parser = argparse.ArgumentParser(description="Train YOLO on any dataset")
parser.add_argument("-c", "--conf", default="config.json", help="path to the configuration")


def main(args):
    with open(args.conf) as handle:
        config = json.load(handle)
    size = config["model"]["input_size"]
    images = np.random.rand(12, size, size, 3)
    yolo = YOLO(config["model"])
    batches = BatchGenerator(images, config["model"], config["train"]["batch_size"])
    yolo.train(batches, config["train"]["learning_rate"], config["train"]["nb_epochs"])


if __name__ == "__main__":
    main(parser.parse_args())
