import csv

from tensorflow.keras import Input, Model, layers


def from_table(path):
    inp = Input((10,))
    nodes = {"input": inp}
    with open(path, newline="") as f:
        for row in csv.DictReader(f):
            if row["kind"] == "dense":
                out = layers.Dense(int(row["units"]))(nodes[row["source"]])
            else:
                out = layers.Add()([nodes[n] for n in row["source"].split("+")])
            nodes[row["name"]] = out
    return Model(inp, out)
