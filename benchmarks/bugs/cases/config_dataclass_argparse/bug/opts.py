import argparse
from dataclasses import dataclass, fields


@dataclass
class Options:
    seq_len: int = 30
    hidden: int = 64
    proj: int = 32
    lr: float = 0.01


def from_args():
    parser = argparse.ArgumentParser()
    for f in fields(Options):
        parser.add_argument("--" + f.name, type=f.type, default=f.default)
    ns = parser.parse_args()
    return Options(**vars(ns))
