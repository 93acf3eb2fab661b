import argparse

from nets import gan


def train(args):
    model = gan(args.latent, args.label_dim, args.merge)
    model.summary()


def evaluate(args):
    print(args.weights)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    sub = parser.add_subparsers(dest="command")
    t = sub.add_parser("train")
    t.add_argument("--latent", type=int, default=100)
    t.add_argument("--label-dim", type=int, default=100)
    t.add_argument("--merge", choices=["mul", "cat"], default="mul")
    t.set_defaults(func=train)
    e = sub.add_parser("evaluate")
    e.add_argument("weights")
    e.set_defaults(func=evaluate)
    args = parser.parse_args(["train"])
    args.func(args)


if __name__ == "__main__":
    main()
