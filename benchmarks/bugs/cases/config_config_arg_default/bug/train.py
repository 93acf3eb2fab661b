import argparse
import sys

import yaml

from nets import UNet


def parse_args(argv):
    p = argparse.ArgumentParser()
    p.add_argument("-c", "--config", default="experiments/unet.yaml", help="path of the configuration")
    p.add_argument("--gpu", default="0")
    return p.parse_args(argv)


def main(argv=None):
    args = parse_args(argv)
    with open(args.config, "r") as stream:
        try:
            config = yaml.safe_load(stream)
        except yaml.YAMLError as exc:
            sys.exit(str(exc))
    UNet(config).build().summary()


if __name__ == "__main__":
    main()
