"""What merges need of lists of tensors that a caller gives is stated for three of them; Keras agrees."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

START = "import keras\nfrom keras import layers\n"
Rows = Mapping[str, list[int]]

# A function, what its merge needs, and the same as a question about the rows of square pictures.
PROGRAMS: dict[str, tuple[str, str, Callable[[Rows], bool]]] = {
    "in a comprehension": (
        """
def merged(xs):
    return layers.Concatenate()([layers.Conv2D(3, 1)(x) for x in xs])
""",
        "xs has 3 items and xs[0][1] = xs[1][1] and xs[0][1] = xs[2][1] and xs[0][2] = xs[1][2] "
        "and xs[0][2] = xs[2][2]",
        lambda rows: len(set(rows["xs"])) == 1,
    ),
    "put in a list, one after the other": (
        """
def merged(xs):
    ys = []
    for x in xs:
        ys.append(layers.MaxPooling2D()(x))
    return layers.Concatenate()(ys)
""",
        "xs has 3 items and (xs[0][1])//2 = (xs[1][1])//2 and (xs[0][1])//2 = (xs[2][1])//2 and "
        "(xs[0][2])//2 = (xs[1][2])//2 and (xs[0][2])//2 = (xs[2][2])//2",
        lambda rows: len({row // 2 for row in rows["xs"]}) == 1,
    ),
    "each beside the one before": (
        """
def merged(x, skips):
    x = layers.Conv2D(4, 1)(x)
    for skip in reversed(skips):
        x = layers.Concatenate()([layers.UpSampling2D()(x), skip])
    return x
""",
        "skips has 3 items and skips[0] has 4 axes and rows and columns of skips[2] are twice "
        "those of x and rows and "
        "columns of skips[1] are four times those of x and skips[0][1] = 8*x[1] and "
        "skips[0][2] = 8*x[2]",
        lambda rows: [row / rows["x"][0] for row in rows["skips"]] == [8, 4, 2],
    ),
    "by their indices": (
        """
def merged(xs):
    y = layers.Conv2D(4, 1)(xs[0])
    for i in range(1, len(xs)):
        y = layers.Concatenate()([y, xs[i]])
    return y
""",
        "xs has 3 items and xs[1] and xs[2] have 4 axes and xs[0][1] = xs[1][1] and "
        "xs[0][2] = xs[1][2] and rows and columns of "
        "xs[0] are those of xs[2]",
        lambda rows: len(set(rows["xs"])) == 1,
    ),
    "each item of two lists": (
        """
def merged(xs, skips):
    for x, skip in zip(xs, skips):
        y = layers.Concatenate()([layers.Conv2D(4, 1)(x), layers.Conv2D(4, 3)(skip)])
    return y
""",
        "skip[1] = x[1] + 2 and skip[2] = x[2] + 2",
        lambda rows: all(s == x + 2 for x, s in zip(rows["xs"], rows["skips"], strict=True)),
    ),
}


def verdict_on(program: str) -> Merge:
    report = analyse(START + program, "program.py", Settings(), watch=Watch.MERGES)
    assert not report.errors
    (merge,) = report.merges.values()
    return merge


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_condition_is_about_the_items(name: str) -> None:
    program, condition, _ = PROGRAMS[name]
    merge = verdict_on(program)
    assert (merge.verdict, merge.reason) == (Verdict.CONDITIONAL, condition)


def test_what_is_joined_as_a_whole_is_a_list_of_tensors() -> None:
    merge = verdict_on("def merged(xs):\n    return layers.Concatenate()(xs)\n")
    assert merge.reason.startswith("xs has 3 items and (xs[0] and xs[1] and xs[2] have 4 axes: ")
    assert "xs[0] and xs[1] and xs[2] have 2 axes: always" in merge.reason


def test_a_list_of_numbers_stays_one() -> None:
    program = """
def merged(x, sizes):
    for size in sizes:
        y = layers.Concatenate()([x, layers.ZeroPadding2D(size)(layers.Conv2D(4, 3)(x))])
    return y
"""
    assert "sizes[0] = 1" in verdict_on(program).reason


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_lists_that_satisfy_it_build_and_others_raise(name: str) -> None:
    keras = pytest.importorskip("keras")
    program, _, fit = PROGRAMS[name]
    scope: dict[str, Any] = {}
    exec(START + program, scope)
    answers = set()
    for rows in drawn(program):
        given = {key: [keras.Input((row, row, 2)) for row in some] for key, some in rows.items()}
        arguments = {key: some[0] if key == "x" else some for key, some in given.items()}
        try:
            scope["merged"](**arguments)
            works = True
        except ValueError:
            works = False
        assert works is fit(rows), rows
        answers.add(works)
    assert answers == {True, False}


def drawn(program: str) -> Iterator[Rows]:
    """Rows of pictures, of which some fit; few, and always the same."""
    draw = random.Random(0)
    for _ in range(60):
        base, rows = draw.choice((4, 5, 6)), {}
        if "(x, skips)" in program:
            rows["x"] = [base]
            rows["skips"] = [
                base * factor for factor in draw.choice([(8, 4, 2), (2, 4, 8), (8, 4, 3)])
            ]
        else:
            rows["xs"] = [base, base, base + draw.choice((0, 0, 1))]
        if "(xs, skips)" in program:
            rows["skips"] = [row + 2 + draw.choice((0, 0, 0, 1)) for row in rows["xs"]]
        yield rows
