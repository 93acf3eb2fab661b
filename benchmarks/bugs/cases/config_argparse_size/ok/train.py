import argparse
import os

from models.net import unet


def get_args():
    parser = argparse.ArgumentParser(description="Train a U-Net")
    parser.add_argument("--data", type=str, default="data/")
    parser.add_argument("--epochs", "-e", metavar="E", type=int, default=5)
    parser.add_argument("--size", "-s", type=int, default=196, help="side of the images")
    parser.add_argument("--amp", action="store_true", default=False)
    return parser.parse_args()


if __name__ == "__main__":
    args = get_args()
    os.makedirs(".", exist_ok=True)
    net = unet((args.size, args.size, 3))
    net.compile(optimizer="adam", loss="binary_crossentropy")
