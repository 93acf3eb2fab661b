from configparser import ConfigParser

from tensorflow.keras import Model, Sequential, layers


class AE:
    def __init__(self, path):
        cp = ConfigParser()
        with open(path) as f:
            cp.read_file(f)
        arch = cp["architecture"]
        self.dim = arch.getint("input_dim")
        self.encoder = [int(s) for s in arch["encoder"].split(",")]
        self.decoder = list(map(int, arch.get("decoder").split(",")))
        self.merge = arch.get("merge", fallback="sum").upper()

    def build(self):
        inp = layers.Input((self.dim,))
        noise = layers.Input((8,))
        x = inp
        for u in self.encoder:
            x = layers.Dense(u, activation="relu")(x)
        if self.merge == "SUM":
            x = layers.Add()([x, noise])
        for u in self.decoder:
            x = layers.Dense(u, activation="relu")(x)
        return Model([inp, noise], layers.Dense(self.dim)(x))
