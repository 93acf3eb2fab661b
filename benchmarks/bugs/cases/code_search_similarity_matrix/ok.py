import argparse

import numpy as np
from tensorflow.keras import Model, layers

CONF = {
    "vocabulary": 500,
    "dims": 32,
    "lengths": {"description": 30, "tokens": 50},
}


def parse_args():
    parser = argparse.ArgumentParser("train a model of code search")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--mode", choices=["train", "eval"], default="train")
    return parser.parse_args()


class Searcher:
    def __init__(self, conf):
        self.conf = conf
        self._model = None

    def encode(self, name):
        words = layers.Input((self.conf["lengths"][name],), dtype="int32", name=name)
        vectors = layers.Embedding(self.conf["vocabulary"], self.conf["dims"])(words)
        return words, layers.Conv1D(self.conf["dims"], 3, padding="same", activation="relu")(vectors)

    def build(self):
        description, described = self.encode("description")
        tokens, coded = self.encode("tokens")
        described = layers.GlobalMaxPooling1D()(described)
        coded = layers.GlobalMaxPooling1D()(coded)
        attention = layers.Dot(axes=-1, normalize=True, name="cosine")([described, coded])
        self._model = Model([description, tokens], layers.Activation("sigmoid")(attention))
        self._model.compile(optimizer="adam", loss="binary_crossentropy")

    def train(self, batches, size):
        for _ in range(batches):
            words = np.random.randint(1, self.conf["vocabulary"], (size, self.conf["lengths"]["description"]))
            code = np.random.randint(1, self.conf["vocabulary"], (size, self.conf["lengths"]["tokens"]))
            good = np.random.randint(0, 2, (size, 1))
            print(self._model.train_on_batch([words, code], good))


if __name__ == "__main__":
    args = parse_args()
    searcher = Searcher(CONF)
    searcher.build()
    if args.mode == "train":
        searcher.train(2, args.batch)
