import json
import pathlib

from tensorflow import keras


def build(path):
    spec = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    tensors = {"input": keras.Input(tuple(spec["input"]))}
    for layer in spec["layers"]:
        cls = getattr(keras.layers, layer["type"])
        ins = [tensors[i] for i in layer["in"]]
        tensors[layer["id"]] = cls(name=layer["id"], **layer["args"])(ins if len(ins) > 1 else ins[0])
    return keras.Model(tensors["input"], tensors[spec["layers"][-1]["id"]])
