"""Functions that call themselves on what nobody knows are left at some depth, and what they may do is not."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.analysis import analyse

HEAD = """
import json
import sys
import keras
from keras import Input, Model
from keras.layers import Add, Concatenate, Dense, Flatten

a, b = Input((3,)), Input((4,))
known = json.load(open(sys.argv[1]))
"""
PLAIN = """
def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value

known = plain(known)
"""
OUTLINE = """
def outline(tree, depth=0):
    print(" " * depth, tree["name"])
    for child in tree["children"]:
        outline(child, depth + 1)

outline(known)
"""
AGAIN = """
def draw(count, seed=1):
    numbers = keras.random.normal((count,), seed=seed)
    if float(numbers[0]) < 0:
        return draw(count, seed=seed + 1)
    return numbers

draw(100)
"""


def lines(program: str) -> list[int]:
    return [found.line for found in check_source(program, "net.py", Settings())]


@pytest.mark.parametrize("walk", [PLAIN, OUTLINE, AGAIN], ids=["plain", "outline", "again"])
def test_what_comes_after_is_followed(walk: str) -> None:
    program = HEAD + walk + "Add()([a, b])\n"
    assert lines(program) == [program.count("\n")]
    assert analyse(program, "net.py", Settings()).complete


def test_a_builder_that_counts_is_followed_to_its_end() -> None:
    program = HEAD + (
        "def halve(x, width):\n"
        "    if width == 1:\n"
        "        return x\n"
        "    return halve(Dense(width // 2)(x), width // 2)\n"
        "Add()([halve(a, 1024), Dense(2)(b)])\n"
    ).replace("return x\n", "return Dense(3)(x)\n")
    assert lines(program) == [program.count("\n")]


# What the calls that were not followed have done: each program runs for some tree.
EFFECTS = {
    "list": """
skips = []
def walk(tree):
    skips.append(Dense(tree["units"])(a))
    for child in tree["children"]:
        walk(child)
walk(known)
if len(skips) == 40:
    Add()(skips[38:])
    print(skips[39])
""",
    "attribute": """
class Builder:
    units = 3
    def walk(self, tree):
        for child in tree:
            self.walk(child)
        if not tree:
            self.units = 4
builder = Builder()
builder.walk(known)
Add()([Dense(builder.units)(a), b])
""",
    "global": """
units = 3
def walk(tree):
    global units
    if tree == "leaf":
        units = 4
    for child in tree:
        walk(child)
walk(known)
Add()([Dense(units)(a), b])
""",
    "argument": """
def walk(tree, found):
    if tree == "leaf":
        found["units"] = 4
    for child in tree:
        walk(child, found)
found = {"units": 3}
walk(known, found)
Add()([Dense(found["units"])(a), b])
""",
    "result": """
def widest(tree):
    most = 3
    for child in tree:
        most = max(most, widest(child))
    return 4 if tree == "leaf" else most
Add()([Dense(widest(known))(a), b])
""",
}


@pytest.mark.parametrize("effect", EFFECTS)
def test_what_it_may_have_done_counts(effect: str) -> None:
    assert lines(HEAD + EFFECTS[effect]) == []


LEVELS = """
from keras.layers import Conv2D, MaxPooling2D, UpSampling2D

def level(x, depth):
    if depth == 0:
        return x
    y = Conv2D(8, 3, padding="same")(x)
    z = UpSampling2D()(level(MaxPooling2D()(y), depth - 1))
    return Concatenate(axis=-1)([y, z])

def build(depth, size=256):
    x = Input((size, size, 3))
    return Model(x, level(x, depth))
"""


UPWARDS = """
from keras.layers import Conv2D, MaxPooling2D, UpSampling2D

def level(x, at, last):
    if at == last:
        return x
    y = Conv2D(8 * 2**at, 3, padding="same")(x)
    z = UpSampling2D()(level(MaxPooling2D()(y), at + 1, last))
    return Concatenate(axis=-1)([y, z])

def build(last, size=64):
    x = Input((size, size, 3))
    return Model(x, level(x, 0, last))
"""


@pytest.mark.parametrize("levels", [LEVELS, UPWARDS], ids=["down", "up"])
def test_nobody_asks_for_more_levels_than_there_are_pixels(levels: str) -> None:
    assert lines(HEAD + levels) == []


def test_a_level_that_cannot_work_is_found_whatever_their_number() -> None:
    program = HEAD + LEVELS.replace("UpSampling2D()", "UpSampling2D(4)")
    assert lines(program) == [program[: program.index("return Concatenate")].count("\n") + 1]
