import argparse
from keras import Input, Model, layers


def parse_args(argv=None):
    parser = argparse.ArgumentParser(description="two tower recommender")
    parser.add_argument("--user-dim", type=int, default=64)
    parser.add_argument("--item-dim", type=int, default=64)
    parser.add_argument("--hidden", nargs="*", type=int, default=[128])
    parser.add_argument("--similarity", choices=["dot", "mlp"], default="dot")
    return parser.parse_args(argv)


def tower(vocabulary, hidden, dim, name):
    ids = Input((1,), name=name)
    x = layers.Flatten()(layers.Embedding(vocabulary, 32)(ids))
    for units in hidden:
        x = layers.Dense(units, activation="relu")(x)
    return ids, layers.Dense(dim)(x)


def main():
    args = parse_args()
    user, user_vector = tower(1000, args.hidden, args.user_dim, "user")
    item, item_vector = tower(5000, args.hidden, args.item_dim, "item")
    if args.similarity == "dot":
        score = layers.Dot(axes=1, normalize=True)([user_vector, item_vector])
    else:
        score = layers.Dense(1)(layers.Concatenate()([user_vector, item_vector]))
    return Model([user, item], score)


if __name__ == "__main__":
    main().summary()
