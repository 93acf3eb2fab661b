import argparse


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch_size", type=int, default=16)
    parser.add_argument("--num_steps", type=int, default=30)
    parser.add_argument("--user_dim", type=int, default=5)
    parser.add_argument("--attributes", default="userId,sport")
    return parser.parse_args()
