"""What only a run knows must fit the size of the program that it meets, which Keras says of known sizes."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerasmergelint.keras_api.operators import elementwise
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.options import Settings
from kerasmergelint.shapes import Shape, symbol
from kerasmergelint.shapes.wording import words
from kerasmergelint.tracker.keras import sizes_met
from kerasmergelint.tracker.keras.combination import Combination
from kerasmergelint.tracker.keras.convert import spec_leaves
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

START = """
import tensorflow as tf
from tensorflow.keras import layers
"""

# The program, what its last merge needs, and the batches that are as large or 1.
PROGRAMS: dict[str, tuple[str, str, set[int]]] = {
    "pools the rows of a graph": (
        """
def build(x, clusters=4):
    weights = layers.Dense(clusters)(layers.Flatten()(x))
    return weights + tf.matmul(weights, weights, transpose_a=True)
""",
        "weights[0] = 4 or 1",
        {1, 4},
    ),
    "adds a constant": (
        """
def build(x):
    return layers.Dense(7)(layers.Flatten()(x)) + tf.ones((5, 7))
""",
        "left_operand[0] = 5 or 1",
        {1, 5},
    ),
    "joins a state of a batch": (
        """
def build(x, batch=3):
    rows = layers.Flatten()(x)
    return tf.concat([tf.zeros((batch, 7)), rows], axis=-1)
""",
        "rows[0] = 3 and rows is of float32",
        {3},
    ),
    "multiplies rows by rows": (
        """
def build(x, count=2):
    rows = layers.Flatten()(x)
    return tf.matmul(rows, tf.ones((count, 7)), transpose_a=True)
""",
        "rows[0] = 2 and rows is of float32",
        {2},
    ),
    "adds its transpose": (
        """
def build(x):
    rows = layers.Dense(6)(layers.Flatten()(x))
    return rows + tf.transpose(rows)
""",
        "(rows[0] = 6 or 1) and ((tf.transpose(rows))[-1] = 6 or 1)",
        {1, 6},
    ),
    "adds a constant by a layer": (
        """
def build(x):
    rows = layers.Dense(7)(x)
    return layers.Add()([rows, tf.ones((5, 7))])
""",
        "rows[0] = 5",
        {5},
    ),
    "adds one row by a layer, which does not stretch it": (
        """
def build(x):
    rows = layers.Dense(7)(layers.Flatten()(x))
    return layers.Add()([rows, tf.ones((1, 7))])
""",
        "rows[0] = 1",
        {1},
    ),
    "multiplies with a constant by a layer": (
        """
def build(x):
    rows = layers.Dense(7)(layers.Flatten()(x))
    return layers.Dot(axes=-1)([rows, tf.ones((5, 7))])
""",
        "rows[0] = 5",
        {5},
    ),
}

# The model, what its last merge needs, and the batches of three steps or rows that it takes.
MODELS: dict[str, tuple[str, str, set[int]]] = {
    "adds a constant": (
        """
def build():
    x = tf.keras.Input((3,))
    return tf.keras.Model(x, layers.Dense(7)(x) + tf.ones((5, 7)))
""",
        "left_operand[0] = 5 or 1",
        {1, 5},
    ),
    "adds a constant by a layer": (
        """
def build():
    x = tf.keras.Input((3,))
    return tf.keras.Model(x, layers.Add()([layers.Dense(7)(x), tf.ones((5, 7))]))
""",
        "operand_1[0] = 5",
        {1, 5},
    ),
    "joins a constant": (
        """
def build():
    x = tf.keras.Input((3,))
    return tf.keras.Model(x, layers.Concatenate()([x, tf.ones((5, 7))]))
""",
        "x[0] = 5",
        {5},
    ),
    "joins one row": (
        """
def build():
    x = tf.keras.Input((3,))
    return tf.keras.Model(x, layers.Concatenate()([x, tf.ones((1, 7))]))
""",
        "x[0] = 1",
        {1},
    ),
    "adds embedded places to rows": (
        """
def build(places=4):
    x = tf.keras.Input((3,))
    rows = layers.Dense(7)(x)
    table = layers.Embedding(9, 7)(tf.range(places))
    return tf.keras.Model(x, rows - table)
""",
        "rows[0] = 4 or 1",
        {1, 4},
    ),
}

LONG: dict[str, tuple[str, str, set[int]]] = {
    "adds embedded places to steps of any number": (
        """
def build(places=4):
    x = tf.keras.Input((None, 3))
    steps = layers.Dense(7)(x)
    table = layers.Embedding(9, 7)(tf.range(places))
    return tf.keras.Model(x, steps + table)
""",
        "steps[1] = 4 or 1",
        {1, 4},
    ),
    "joins steps of any number": (
        """
def build():
    x, other = tf.keras.Input((None, 3)), tf.ones((1, 6, 2))
    return tf.keras.Model(x, layers.Concatenate()([x, other]))
""",
        "x[0] = 1 and x[1] = 6",
        {6},
    ),
}


def last_merge(program: str) -> Merge:
    report = analyse(START + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    assert not report.errors
    return list(report.merges.values())[-1]


@pytest.mark.parametrize(
    ("program", "condition"),
    [
        pytest.param(program, condition, id=name)
        for programs in (PROGRAMS, MODELS, LONG)
        for name, (program, condition, _) in programs.items()
    ],
)
def test_its_condition_names_the_size(program: str, condition: str) -> None:
    merge = last_merge(program)
    assert merge.verdict is Verdict.CONDITIONAL
    assert merge.reason == condition


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_these_batches_build_and_others_raise(name: str) -> None:
    tf = pytest.importorskip("tensorflow")
    program, _, batches = PROGRAMS[name]
    scope: dict[str, Any] = {}
    exec(START + program, scope)
    built = set()
    for batch in range(1, 8):
        try:
            scope["build"](tf.ones((batch, 3)))
        except (ValueError, tf.errors.InvalidArgumentError):
            continue
        built.add(batch)
    assert built == batches


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("program", "sizes", "steps"),
    [
        *(pytest.param(program, sizes, False, id=n) for n, (program, _, sizes) in MODELS.items()),
        *(pytest.param(program, sizes, True, id=n) for n, (program, _, sizes) in LONG.items()),
    ],
)
def test_models_are_built_and_take_these_sizes(program: str, sizes: set[int], steps: bool) -> None:
    tf = pytest.importorskip("tensorflow")
    scope: dict[str, Any] = {}
    exec(START + program, scope)
    model, taken = scope["build"](), set()
    for size in range(1, 8):
        try:
            model(tf.ones((1, size, 3)) if steps else tf.ones((size, 3)))
        except (ValueError, tf.errors.InvalidArgumentError):
            continue
        taken.add(size)
    assert taken == sizes


def test_a_size_without_a_name_is_told_by_its_place() -> None:
    nameless = symbol("?874", positive=True)
    given = [
        TensorSpec(Shape((None, None, 8)), kind=TensorKind.KERAS),
        TensorSpec(Shape((1, nameless, 8)), kind=TensorKind.EAGER),
    ]
    nowhere: Any = None
    combination = Combination(
        nowhere, "+", (), given, lambda nest: elementwise(tuple(spec_leaves(nest)))
    )
    found = sizes_met.needs(combination, lambda place, axis, _: f"{'xy'[place]}[{axis}]")
    assert words(found) == "x[1] = y[1], or one of them is 1"


def test_a_number_that_is_a_parameter_is_not_the_batch() -> None:
    program = """
def build(count):
    x = tf.keras.Input((3,))
    table = layers.Embedding(9, 7)(tf.range(count))
    rows = layers.Dense(7)(x)
    return tf.keras.Model(x, rows - table)
"""
    assert last_merge(program).reason == "rows[0] = table[0], or one of them is 1"


@pytest.mark.parametrize(
    "program",
    [
        """
def build():
    x, y = tf.keras.Input((3,)), tf.keras.Input((3,))
    return tf.keras.Model([x, y], layers.Add()([layers.Dense(7)(x), layers.Dense(7)(y)]))
""",
        """
def build():
    x, y = tf.keras.Input((None, 3)), tf.keras.Input((None, 3))
    return tf.keras.Model([x, y], layers.Add()([x, y]))
""",
        """
def build():
    x = tf.keras.Input((3,))
    return tf.keras.Model(x, layers.Add()([layers.Dense(7)(x), tf.ones((1, 7))]))
""",
        """
def build(x):
    rows = layers.Flatten()(x)
    return layers.Dense(7)(rows) + tf.zeros((tf.shape(rows)[0], 7))
""",
        """
def build(x, y):
    return layers.Dense(7)(layers.Flatten()(x)) + layers.Dense(7)(layers.Flatten()(y))
""",
    ],
    ids=["of two Inputs", "of any length", "one row", "its own size", "another batch"],
)
def test_where_sizes_are_open_on_both_sides_or_agree_it_is_safe(program: str) -> None:
    assert last_merge(program).verdict is Verdict.SAFE
