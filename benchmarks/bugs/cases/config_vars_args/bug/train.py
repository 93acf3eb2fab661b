import argparse

from net import build

parser = argparse.ArgumentParser()
group = parser.add_argument_group("model")
group.add_argument("--width", type=int, default=16)
group.add_argument("--depth", type=int, default=3)
group.add_argument("--growth", type=int, default=12)
group.add_argument("--pool-size", type=int, default=2)
group.add_argument("--no-pool", dest="pool", action="store_false")
ex = parser.add_mutually_exclusive_group()
ex.add_argument("--fast", action="store_true")
ex.add_argument("--slow", action="store_true")
args, _ = parser.parse_known_args()

model = build(**vars(args))
