import json
from collections import OrderedDict, deque
from pathlib import Path

from tensorflow.keras import Input, Model, layers

ROOT = Path(__file__).resolve().parent


def load():
    return OrderedDict(json.loads((ROOT / "params.json").read_text()))


def build():
    params = load()
    name, top = params.popitem()
    queue = deque(params.items())
    x = inp = Input((16,))
    _, first = queue.popleft()
    x = layers.Dense(first)(x)
    while queue:
        key, units = queue.popleft()
        x = layers.Add(name=key)([x, layers.Dense(units)(x)])
    return Model(inp, layers.Dense(top, name=name)(x))
