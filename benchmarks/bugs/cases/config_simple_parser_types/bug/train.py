import argparse

from pathlib import Path

from modeling.tcn import make


def ints(text):
    return [int(t) for t in text.split(",")]


def str2bool(v):
    if isinstance(v, bool):
        return v
    return v.lower() in ("yes", "true", "t", "1")


parser = argparse.ArgumentParser()
parser.add_argument("--channels", type=ints, default="16,24")
parser.add_argument("--residual", type=str2bool, default="yes")
parser.add_argument("--out", type=Path, default=Path("out"))
parser.set_defaults(kernel=3)
args = parser.parse_args()
args.out.mkdir(exist_ok=True, parents=True)
net = make(args.channels, args.kernel, args.residual)
