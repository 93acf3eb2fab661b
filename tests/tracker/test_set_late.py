"""What an object leaves None or empty may be set or filled before its layer is called, by whoever does so.

In each program somebody does, and in its twin nobody: there the call certainly fails.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

IN_BUILD = """
from keras import layers


class Attend(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(4)
        self.keys = None

    def score(self, inputs):
        return self.dense(inputs) + self.keys

    def call(self, inputs):
        return self.score(inputs)
"""
EMPTY_IN_BUILD = """
from keras import layers


class Attend(layers.Layer):
    def build(self, input_shape):
        self.parts = []

    def call(self, inputs):
        return layers.concatenate(self.parts)
"""
MAKING = ("build(self, input_shape):", "__init__(self):\n        super().__init__()")
WHEN_MADE, EMPTY_WHEN_MADE = IN_BUILD.replace(*MAKING), EMPTY_IN_BUILD.replace(*MAKING)
SET = """
    def prepare(self, keys):
        self.keys = self.dense(keys)
"""
FILLED = """
    def add(self, part):
        self.parts.append(part)
"""
HELD = """

class Reader(layers.Layer):
    def __init__(self):
        super().__init__()
        self.attends = [Attend()]

    def call(self, inputs):
        return self.attends[0](inputs)
"""
IN_MODULE = """

ATTENDS = {"first": Attend()}


def read(inputs):
    return ATTENDS["first"](inputs)
"""
OF_CLASS = """
from keras import layers


class Parts:
    parts = []

    @classmethod
    def {}(cls, part):
        {}


def joined():
    return layers.concatenate(Parts.parts)
"""

# name: (the program in which somebody sets or fills it, its twin)
PROGRAMS = {
    "what build leaves None": (IN_BUILD + SET, IN_BUILD),
    "what build leaves None, for a layer that sets it from outside": (
        IN_BUILD + HELD + "\n    def start(self, keys):\n        self.attends[0].keys = keys\n",
        IN_BUILD + HELD,
    ),
    "what build leaves empty": (EMPTY_IN_BUILD + FILLED, EMPTY_IN_BUILD),
    "what a layer inside of another has None": (WHEN_MADE + SET + HELD, WHEN_MADE + HELD),
    "what a layer has None that the module made": (
        WHEN_MADE + SET + IN_MODULE,
        WHEN_MADE + IN_MODULE,
    ),
    "what a layer has empty that the module made": (
        EMPTY_WHEN_MADE + FILLED + IN_MODULE,
        EMPTY_WHEN_MADE + IN_MODULE,
    ),
    "what a class has empty": (
        OF_CLASS.format("add", "cls.parts.append(part)"),
        OF_CLASS.format("show", "print(cls.parts)"),
    ),
}


def _codes(program: str) -> set[str]:
    return {finding.code for finding in check_source(program, "program.py", Settings())}


@pytest.mark.parametrize("program", [one for one, _ in PROGRAMS.values()], ids=PROGRAMS)
def test_what_somebody_sets_later_is_open(program: str) -> None:
    assert _codes(program) == set()


@pytest.mark.parametrize("program", [one for _, one in PROGRAMS.values()], ids=PROGRAMS)
def test_what_nobody_sets_is_final(program: str) -> None:
    assert len(_codes(program)) == 1


OBJECT = """
import numpy as np
from keras import layers


class Net:
    keys = None

    def __init__(self):
        {made}

    def prepare(self, keys):
        {prepared}

    def read(self, inputs):
        {before}return {read}


class Holder:
    def __init__(self):
        self.net = Net()

    def go(self, inputs):
        return self.net.read(inputs)


net = Net()


def go(inputs):
    return net.read(inputs)
"""
SUM = "layers.Dense(4)(inputs) + self.{}"
UNITS = "layers.Dense(self.units)(inputs)"

# name: (what the constructor does, what another method does, what is read)
VALUES = {
    "None in the class": ("pass", "self.keys = keys", SUM.format("keys")),
    "None in a dict": ("self.it = {'a': None}", "self.it['a'] = keys", SUM.format("it['a']")),
    "None in a list": ("self.it = [None] * 3", "self.it[0] = keys", SUM.format("it[0]")),
    "None, set by its name": ("self.it = None", "setattr(self, 'it', keys)", SUM.format("it")),
    "None, set by any name": ("self.it = None", "vars(self).update(keys)", SUM.format("it")),
    "0 units": ("self.units = 0", "self.units = len(keys)", UNITS),
    "0 units, which are counted": ("self.units = 0", "self.units += 1", UNITS),
    "-1 units": ("self.units = -1", "self.units = len(keys)", UNITS),
    "no padding": ("self.it = ''", "self.it = keys", "layers.Conv1D(4, 3, padding=self.it)(inputs)"),
    "no size": ("self.it = ()", "self.it = keys", "layers.Reshape(self.it)(layers.Input((4,)))"),
    "False": ("self.it = False", "self.it = keys", "layers.Dense(4)(self.it)"),
    "an array": ("self.it = np.zeros(1)", "self.it = keys", "layers.Dense(4)(self.it)"),
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_values_that_stand_for_nothing(name: str) -> None:
    made, prepared, read = VALUES[name]
    program = OBJECT.format(made=made, prepared=prepared, read=read, before="")
    assert _codes(program) == set()
    final = OBJECT.format(made=made, prepared="print(keys)", read=read, before="")
    assert len(_codes(final)) == 1


def test_other_values_are_final() -> None:
    read = "layers.Add()([layers.Dense(self.units)(inputs), layers.Dense(5)(inputs)])"
    made = "self.units = 4"
    program = OBJECT.format(made=made, prepared="self.units = len(keys)", read=read, before="")
    assert len(_codes(program)) == 1


def test_what_the_method_counts_itself_begins_at_zero() -> None:
    made, counts, read = "self.units = 0", "self.units += 1", "layers.Dense(self.units - 4)(inputs)"
    program = OBJECT.format(
        made=made, prepared=counts, read=read, before="self.prepare(inputs)\n        "
    )
    assert len(_codes(program)) == 1
