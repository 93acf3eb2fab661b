"""Small programs, one for each Python construct that shapes must survive.

Each ends in a call of a layer; beside it stands the shape of what that call gives.
"""

from __future__ import annotations

_START = """
import keras
from keras import Input, layers, ops
from keras.layers import Add, Concatenate, Conv2D, Dense, Flatten

"""

CONSTRUCTS: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "closure over a loop variable": (
        """
makers = [lambda: Dense(units) for units in (3, 4, 5)]
makers[0]()(Input((2,)))
""",
        (None, 5),
    ),
    "closure bound by a default": (
        """
makers = [lambda units=units: Dense(units) for units in (3, 4, 5)]
makers[0]()(Input((2,)))
""",
        (None, 3),
    ),
    "function that returns functions": (
        """
def block(units):
    def apply(x):
        return Dense(units)(x)
    return apply

block(7)(block(3)(Input((2,))))
""",
        (None, 7),
    ),
    "default, keyword, star arguments": (
        """
def block(x, units=4, *rest, scale=2, **options):
    return Dense(units * scale + len(rest), **options)(x)

block(Input((2,)), 3, "a", "b", scale=5, activation="relu")
""",
        (None, 17),
    ),
    "arguments unpacked": (
        """
def block(x, units, scale):
    return Dense(units * scale)(x)

block(*[Input((2,)), 3], **{"scale": 4})
""",
        (None, 12),
    ),
    "dataclass as configuration": (
        """
from dataclasses import dataclass, field

@dataclass
class Config:
    units: int = 3
    widths: list = field(default_factory=lambda: [4, 6])

    @property
    def last(self):
        return self.widths[-1] * self.units

Dense(Config(units=2).last)(Input((2,)))
""",
        (None, 12),
    ),
    "named tuple as configuration": (
        """
from collections import namedtuple
from typing import NamedTuple

Stage = namedtuple("Stage", ["filters", "repeats"])

class Head(NamedTuple):
    units: int
    bias: bool = True

x = Input((8, 8, 3))
for filters, repeats in [Stage(4, 1), Stage(filters=6, repeats=2)]:
    for _ in range(repeats):
        x = Conv2D(filters, 3)(x)
Dense(Head(5).units)(Flatten()(x))
""",
        (None, 5),
    ),
    "inheritance, super and class attributes": (
        """
class Base:
    units = 3

    def __init__(self, scale):
        self.scale = scale

    def head(self, x):
        return Dense(self.units * self.scale)(x)

class Wide(Base):
    units = 5

    def __init__(self):
        super().__init__(scale=2)

    def head(self, x):
        return super().head(Dense(9)(x))

Wide().head(Input((2,)))
""",
        (None, 10),
    ),
    "class and static methods": (
        """
class Net:
    width = 4

    @classmethod
    def wide(cls, x):
        return Dense(cls.width * 2)(cls.start(x))

    @staticmethod
    def start(x):
        return Dense(3)(x)

Net.wide(Input((2,)))
""",
        (None, 8),
    ),
    "property with a setter": (
        """
class Net:
    @property
    def units(self):
        return self._units + 1

    @units.setter
    def units(self, value):
        self._units = value * 2

net = Net()
net.units = 3
Dense(net.units)(Input((2,)))
""",
        (None, 7),
    ),
    "decorator that wraps": (
        """
import functools

def twice(function):
    @functools.wraps(function)
    def wrapper(x, *args, **kwargs):
        return function(function(x, *args, **kwargs), *args, **kwargs)
    return wrapper

@twice
def grow(x, by=1):
    return Dense(x.shape[-1] + by)(x)

grow(Input((2,)), by=3)
""",
        (None, 8),
    ),
    "decorator with arguments, registry of builders": (
        """
REGISTRY = {}

def register(name):
    def decorate(function):
        REGISTRY[name] = function
        return function
    return decorate

@register("small")
def small(x):
    return Dense(3)(x)

@register("large")
def large(x):
    return Dense(30)(x)

REGISTRY["large"](Input((2,)))
""",
        (None, 30),
    ),
    "generator with yield": (
        """
def widths(start, count):
    for index in range(count):
        yield start * 2 ** index

x = Input((2,))
for units in widths(3, 4):
    x = Dense(units)(x)
""",
        (None, 24),
    ),
    "yield from and next": (
        """
def pairs():
    yield from [(1, 2), (3, 4)]

stages = pairs()
next(stages)
Dense(sum(next(stages)))(Input((2,)))
""",
        (None, 7),
    ),
    "partial and reduce": (
        """
from functools import partial, reduce

conv = partial(Conv2D, kernel_size=3, padding="same")
x = reduce(lambda x, filters: conv(filters)(x), [4, 8, 16], Input((8, 8, 3)))
Flatten()(x)
""",
        (None, 1024),
    ),
    "map, filter, sorted, reversed, sum, zip, enumerate": (
        """
widths = sorted(filter(lambda n: n % 2 == 0, [8, 3, 4, 2]), reverse=True)
total = sum(i * n for i, n in enumerate(reversed(widths)))
pairs = list(zip(widths, map(lambda n: n + 1, widths)))
Dense(total + pairs[-1][1])(Input((2,)))
""",
        (None, 23),
    ),
    "max, min, int, round, divmod, power": (
        """
units = max(3, min(10, int(7.9))) + round(2.6) + divmod(17, 5)[1] + 2 ** 3 // 3
Dense(units)(Input((2,)))
""",
        (None, 14),
    ),
    "getattr, setattr, hasattr": (
        """
class Options:
    pass

options = Options()
setattr(options, "units", 6)
layer = getattr(layers, "Den" + "se")
units = options.units if hasattr(options, "units") else 1
layer(units if not hasattr(options, "missing") else 2)(Input((2,)))
""",
        (None, 6),
    ),
    "strings: format, methods, f-strings": (
        """
widths = {"conv_%d" % 1: 3, "conv_{}".format(2): 5, f"conv_{3:02d}": 7}
name = "CONV-03".lower().replace("-", "_")
Dense(widths[name] + len("a,b,c".split(",")))(Input((2,)))
""",
        (None, 10),
    ),
    "dict methods": (
        """
config = {"units": 3}
config.update(depth=2, units=4)
config.setdefault("scale", 5)
extra = config.pop("depth")
items = {key: value for key, value in config.items() if key != "scale"}
Dense(sum(items.values()) * config.get("scale", 1) + config.get("none", extra))(Input((2,)))
""",
        (None, 22),
    ),
    "list methods and slices": (
        """
widths = [1, 2, 3]
widths.append(4)
widths.extend([5, 6])
widths.insert(0, 7)
widths.remove(2)
last = widths.pop()
Dense(sum(widths[1:-1:2]) + last + widths.index(4))(Input((2,)))
""",
        (None, 14),
    ),
    "aliases see changes": (
        """
skips = []
level = skips
x = Input((8, 8, 3))
for filters in (4, 6):
    x = Conv2D(filters, 3, padding="same")(x)
    level.append(x)
Concatenate()(skips)
""",
        (None, 8, 8, 10),
    ),
    "star unpacking and walrus": (
        """
first, *middle, last = [1, 2, 3, 4]
Dense((total := first + last) + sum(middle) + total)(Input((2,)))
""",
        (None, 15),
    ),
    "match statement": (
        """
def units(spec):
    match spec:
        case {"kind": "wide", "by": n}:
            return 10 * n
        case [a, b, *rest] if a < b:
            return a + b + len(rest)
        case str() | None:
            return 1
        case _:
            return 2

Dense(units({"kind": "wide", "by": 2}) + units([1, 2, 3]) + units("x") + units(3))(Input((2,)))
""",
        (None, 27),
    ),
    "conditional expression and chained comparison": (
        """
n = 5
Dense(3 if 0 < n <= 5 != 6 else 4)(Input((2,)))
""",
        (None, 3),
    ),
    "global and nonlocal": (
        """
count = 0

def step():
    global count
    count += 3

def outer():
    inner_count = 1
    def step_inner():
        nonlocal inner_count
        inner_count += 4
    step_inner()
    return inner_count

step()
Dense(count + outer())(Input((2,)))
""",
        (None, 8),
    ),
    "while with a known bound": (
        """
x = Input((64, 64, 3))
while x.shape[1] > 8:
    x = layers.MaxPooling2D()(x)
Flatten()(x)
""",
        (None, 192),
    ),
    "loop with else, break, continue": (
        """
for n in range(10):
    if n % 2:
        continue
    if n > 5:
        break
else:
    n = 100
Dense(n)(Input((2,)))
""",
        (None, 6),
    ),
    "try, except, finally": (
        """
try:
    units = {"a": 1}["b"]
except KeyError as error:
    units = 4
else:
    units = 5
finally:
    units += 1
Dense(units)(Input((2,)))
""",
        (None, 5),
    ),
    "with and context managers": (
        """
class Scope:
    def __enter__(self):
        return 6

    def __exit__(self, *error):
        return False

with Scope() as units:
    x = Dense(units)(Input((2,)))
""",
        (None, 6),
    ),
    "recursion": (
        """
def unet(x, depth, filters=4):
    x = Conv2D(filters, 3, padding="same")(x)
    if depth == 0:
        return x
    down = unet(layers.MaxPooling2D()(x), depth - 1, filters * 2)
    return Concatenate()([x, layers.UpSampling2D()(down)])

unet(Input((16, 16, 1)), 2)
""",
        (None, 16, 16, 28),
    ),
    "shapes as values": (
        """
x = Conv2D(4, 3, strides=2)(Input((17, 33, 3)))
_, height, width, channels = x.shape
batch, *sizes = keras.ops.shape(x)
Dense(height * width + len(x.shape) + channels)(Flatten()(x))
""",
        (None, 136),
    ),
    "sizes from NumPy data": (
        """
import numpy as np

x_train = np.zeros((100, 28, 28, 1))
y_train = np.eye(10)
x = Flatten()(Input(shape=x_train.shape[1:]))
Dense(y_train.shape[-1])(x)
""",
        (None, 10),
    ),
    "rows of a table for an array of numbers": (
        """
import numpy as np

labels = np.random.randint(0, 3, 32)
one_hot = np.eye(3, dtype="float32")[labels]
Dense(one_hot.shape[0] + one_hot.shape[1])(Input((2,)))
""",
        (None, 35),
    ),
    "arithmetic on constant arrays": (
        """
import numpy as np

widths = np.array([4, 8]) * 2
Dense(int(np.prod(widths) // 16 + np.ceil(2.1)))(Input((2,)))
""",
        (None, 11),
    ),
    "json and literal_eval": (
        """
import ast
import json

config = json.loads('{"units": [3, 5]}')
Dense(config["units"][1] + ast.literal_eval("[1, 2]")[0])(Input((2,)))
""",
        (None, 6),
    ),
    "enum as a switch": (
        """
from enum import Enum

class Size(Enum):
    SMALL = 3
    LARGE = 9

Dense(Size.LARGE.value + Size["SMALL"].value)(Input((2,)))
""",
        (None, 12),
    ),
    "argparse defaults": (
        """
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--units", type=int, default=4)
args = parser.parse_args([])
Dense(args.units)(Input((2,)))
""",
        (None, 4),
    ),
    "operators of own classes": (
        """
class Width:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Width(self.n + other.n)

    def __mul__(self, times):
        return Width(self.n * times)

    def __getitem__(self, index):
        return self.n + index

    def __len__(self):
        return 2

    def __call__(self, x):
        return Dense(self.n)(x)

both = Width(2) + Width(3) * 2
Dense(both[1] + len(both))(both(Input((2,))))
""",
        (None, 11),
    ),
    "own iterator": (
        """
class Stages:
    def __iter__(self):
        for n in (3, 4):
            yield n

x = Input((2,))
for n in Stages():
    x = Dense(n)(x)
""",
        (None, 4),
    ),
    "setattr of its own": (
        """
class Doubling:
    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2)

options = Doubling()
options.units = 3
Dense(options.units)(Input((2,)))
""",
        (None, 6),
    ),
    "custom layer with build": (
        """
class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")

    def call(self, inputs):
        return ops.matmul(inputs, self.kernel)

Linear(7)(Input((3, 4)))
""",
        (None, 3, 7),
    ),
    "custom layer with sub-layers in lists and dicts": (
        """
class Stack(layers.Layer):
    def __init__(self, widths):
        super().__init__()
        self.hidden = [Dense(n) for n in widths]
        self.ends = {"in": Dense(3), "out": Dense(9)}

    def call(self, inputs, training=None):
        x = self.ends["in"](inputs)
        for layer in self.hidden:
            x = layer(x)
        return self.ends["out"](x)

Stack([4, 5])(Input((2,)))
""",
        (None, 9),
    ),
    "custom layer over dicts": (
        """
class Join(layers.Layer):
    def call(self, inputs):
        return ops.concatenate([inputs["a"], inputs["b"]], axis=-1)

Join()({"a": Input((2,)), "b": Input((5,))})
""",
        (None, 7),
    ),
    "subclassed model inside a functional one": (
        """
class Block(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units)

    def call(self, inputs):
        return ops.concatenate([inputs, self.dense(inputs)], axis=-1)

Block(3)(Input((4,)))
""",
        (None, 7),
    ),
    "compute_output_shape is trusted": (
        """
class Opaque(layers.Layer):
    def call(self, inputs):
        return something_unknown(inputs)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] * 2)

Opaque()(Input((3, 4)))
""",
        (None, 3, 8),
    ),
    "model surgery": (
        """
source = Input((8,))
hidden = Dense(5, name="hidden")(source)
model = keras.Model(source, Dense(2)(hidden))
cut = keras.Model(model.input, model.get_layer("hidden").output)
Concatenate()([cut.output, model.layers[-1].output])
""",
        (None, 7),
    ),
    "sequential as a layer": (
        """
tower = keras.Sequential([Dense(6), layers.Reshape((3, 2))])
tower.add(Flatten())
tower.pop()
tower(Input((4,)))
""",
        (None, 3, 2),
    ),
    "the weights of a layer": (
        """
class Tied(layers.Layer):
    def __init__(self, embedding):
        super().__init__()
        self.embedding = embedding

    def call(self, inputs):
        return ops.matmul(inputs, ops.transpose(self.embedding.embeddings))

embedding = layers.Embedding(50, 8)
Tied(embedding)(embedding(Input((6,))))
""",
        (None, 6, 50),
    ),
    "a mask that is handed to call": (
        """
class Pool(layers.Layer):
    def call(self, inputs, mask=None):
        if mask is None:
            raise ValueError("needs a mask")
        return ops.sum(inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None

Pool()(layers.Embedding(10, 4, mask_zero=True)(Input((6,))))
""",
        (None, 4),
    ),
    "activations by name": (
        """
class Gate(layers.Layer):
    def __init__(self, activation=None):
        super().__init__()
        self.activation = keras.activations.get(activation)

    def call(self, inputs):
        return self.activation(inputs) * inputs

Gate("sigmoid")(Input((4,)))
""",
        (None, 4),
    ),
    "what a star import of Keras brings": (
        """
from keras.applications import *
from keras.models import *

backbone = eval("MobileNet")(include_top=False, weights=None, input_shape=(32, 32, 3))
layers.GlobalAveragePooling2D()(backbone.output)
""",
        (None, 1024),
    ),
    "an application of another width": (
        """
backbone = keras.applications.MobileNetV2(
    input_shape=(64, 64, 3), alpha=0.5, include_top=False, weights=None
)
Flatten()(backbone.get_layer("block_6_expand_relu").output)
""",
        (None, 6144),
    ),
}


def source_of(name: str) -> str:
    """The whole program."""
    return _START + CONSTRUCTS[name][0]


# What CPython cannot run without Keras itself, and why.
NEEDS_KERAS = {
    "compute_output_shape is trusted": "Keras decides whether call is run at all",
    "model surgery": "it reads the graph of a model",
    "a mask that is handed to call": "masks travel beside the tensors",
    "what a star import of Keras brings": "it builds an application",
    "an application of another width": "it builds an application",
}
