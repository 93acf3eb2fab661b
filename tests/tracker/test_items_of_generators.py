"""What a generator of the program's own hands out, where nobody knows how many rounds its loops have."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = """
import glob
import sys
import keras
import numpy as np

files = glob.glob("*.npy")
known = np.load(sys.argv[1])
model = keras.Sequential([keras.Input((16, 3)), keras.layers.Flatten(), keras.layers.Dense(4)])
model.compile("adam", "sparse_categorical_crossentropy")
"""
FILLED = """
def batches(files, n):
    while True:
        x = []
        for file in files:
            x.append(np.resize(np.load(file), (16, {width})))
            if len(x) == n:
                yield np.array(x), np.zeros(n)
                x = []
"""
SLICES = """
def batches(rows, n):
    for start in range(0, len(rows), n):
        yield np.zeros((n, 16, {width})), np.zeros(start + n)
"""
NESTED = """
def batches(files, n):
    for file in files:
        for start in range(0, len(np.load(file)), n):
            yield np.zeros((n, 16, {width})), np.zeros(n)
"""
HANDED_ON = """
def pairs(files):
    for file in files:
        yield np.zeros((1, 16, {width})), np.zeros(1)


def batches(files, n):
    yield from pairs(files)
"""
NEXT = "x, y = next(batches(files, 8))\nmodel.train_on_batch(x, y)  # here\n"
FIT = "model.fit(batches(files, 8), steps_per_epoch=3)  # here\n"
FOR = "for x, y in batches(files, 8):\n    model.train_on_batch(x, y)  # here\n"


def lines(program: str) -> list[int]:
    return [found.line for found in check_source(program, "net.py", Settings())]


@pytest.mark.parametrize("use", [NEXT, FIT, FOR], ids=["next", "fit", "for"])
@pytest.mark.parametrize(
    "generator", [FILLED, SLICES, NESTED, HANDED_ON], ids=["filled", "slices", "nested", "from"]
)
def test_data_of_another_width(generator: str, use: str) -> None:
    program = HEAD + generator.format(width=2) + use
    assert lines(program) == [program[: program.index("  # here")].count("\n") + 1]
    assert lines(HEAD + generator.format(width=3) + use) == []


def test_what_comes_after_an_item_of_an_endless_generator_is_reached() -> None:
    program = HEAD + FILLED.format(width=3) + NEXT
    program += "keras.layers.Add()([keras.Input((3,)), keras.Input((4,))])\n"
    assert lines(program) == [program.count("\n")]


def test_the_start_of_a_range_without_a_known_end() -> None:
    program = f"""{HEAD}
def parts(rows, n):
    for start in range(2, len(rows), n):
        yield keras.Input((start,))


keras.layers.Add()([next(parts(known, 4)), keras.Input((3,))])
"""
    assert lines(program) == [program.count("\n")]


WORK = {
    "a list of all": """
def rows(files):
    for file in files:
        yield np.load(file)


x = np.array(list(rows(files)))
model.fit(x, np.zeros(len(x)))
""",
    "a position": """
def rows(files):
    for file in files:
        yield np.load(file)


out = np.zeros((2, 4))
for place, x in enumerate(rows(files)):
    out[place] = model.predict(x[None])[0]
""",
    "labels as many as files": """
labels = ["left", "right"]


def rows(files):
    place = 0
    for file in files:
        yield np.zeros((1, 16, 3)), labels[place]
        place += 1


for x, label in rows(files):
    model.predict(x)
x, label = next(rows(files))
""",
    "a last one": """
def rows(files):
    count = 0
    for file in files:
        count += 1
        if count > 100:
            yield np.zeros((1, 2))
    yield np.zeros((1, 16, 3))


model.predict(next(rows(files)))
""",
    "none of them": """
def rows(files):
    for file in files:
        if file.endswith(".txt"):
            yield file


found = next(rows(files), None)
model.predict(np.zeros((1, 16, 3)) if found is None else np.zeros((1, 2)))
""",
    "two in turn": """
def rows(files):
    count = 0
    for file in files:
        yield np.zeros((1, 16, 3)) if count % 2 == 0 else np.zeros((1, 1, 3))
        count += 1


them = rows(files)
model.predict(next(them))
assert next(them).shape == (1, 1, 3)
""",
}


@pytest.mark.parametrize("name", WORK)
def test_what_works_for_some_number_of_rounds(name: str) -> None:
    assert lines(HEAD + WORK[name]) == []
