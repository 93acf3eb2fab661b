"""Calls of NumPy's functions: one is reported exactly where NumPy refuses it."""

from __future__ import annotations

from itertools import product

import pytest

from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate

np = pytest.importorskip("numpy")

_SHAPES = ((), (3,), (1,), (3, 4), (4, 3), (1, 4), (2, 3, 4))
_AXES = ("-4", "-3", "-1", "0", "1", "2", "3")
_PAIRS = ["add", "subtract", "multiply", "divide", "dot", "matmul", "maximum", "minimum", "power",
          "greater", "less", "equal"]  # fmt: skip
_REDUCTIONS = [
    "sum",
    "mean",
    "max",
    "min",
    "amax",
    "amin",
    "std",
    "var",
    "prod",
    "all",
    "any",
    "average",
    "median",
]
_ALONG = [
    "argmax",
    "argmin",
    "squeeze",
    "expand_dims",
    "flip",
    "sort",
    "argsort",
]
_METHODS = ["sum", "mean", "max", "std", "argmax", "squeeze", "all", "prod"]


def _made(shape: tuple[int, ...]) -> str:
    return f"np.ones({shape})"


_CALLS = [
    *(f"np.{name}({_made(a)}, {_made(b)})" for name in _PAIRS for a, b in product(_SHAPES, repeat=2)),
    *(f"np.{name}({_made(a)}, axis={axis})"
      for name in (*_REDUCTIONS, *_ALONG) for a in _SHAPES for axis in _AXES),
    *(f"{_made(a)}.{name}(axis={axis})" for name in _METHODS for a in _SHAPES for axis in _AXES),
    *(f"np.mean({_made(a)}, axis={axes})" for a in _SHAPES
      for axes in ((0, 1), (0, 0), (1, -1), (0, 2), ())),
    *(f"np.mean({_made(a)}, keepdims=True, axis={axis})" for a in _SHAPES for axis in _AXES),
    *(f"np.{name}({_made(a)}, {one}, {two})" for name in ("swapaxes", "moveaxis") for a in _SHAPES
      for one, two in product(("-3", "0", "1", "2"), repeat=2)),
    *(f"np.transpose({_made(a)}, {order})" for a in _SHAPES
      for order in ((0,), (1, 0), (0, 1), (0, 0), (-1, 0), (2, 0, 1), (0, 2, 1, 3), ())),
    *(f"{_made(a)}.transpose({order})" for a in _SHAPES for order in ("1, 0", "(1, 0)", "2, 0, 1", "0")),
    *(f"np.broadcast_to({_made(a)}, {shape})" for a in _SHAPES
      for shape in ((3,), (2, 3), (3, 3, 4), (1,), (0, 3), ())),
    *(f"np.split({_made(a)}, {parts}, axis={axis})" for a in _SHAPES
      for parts in ("2", "3", "[1]", "[1, 5]", "1") for axis in ("0", "1", "-1")),
    *(f"np.where({_made(a)} > 0, {_made(b)}, 0)" for a, b in product(_SHAPES, repeat=2)),
    *(f"np.pad({_made(a)}, {widths})" for a in _SHAPES
      for widths in ("1", "(1, 2)", "((1, 1),)", "((1, 1), (0, 2))", "((0, 0), (1, 1), (1, 1))")),
    *(f"np.tensordot({_made(a)}, {_made(b)}, {axes})" for a, b in product(_SHAPES, repeat=2)
      for axes in ("1", "2", "0", "([0], [0])", "([1], [0])", "(0, 1)")),
    *(f"np.einsum({text!r}, {_made(a)}, {_made(b)})" for a, b in product(_SHAPES, repeat=2)
      for text in ("ij,jk->ik", "ij,ij", "i,i->", "...i,i->...", "ijk,kl->ijl", "ij,j")),
]  # fmt: skip


def _is_refused(call: str) -> bool:
    try:
        eval(call, {"np": np})
    except (ValueError, IndexError, TypeError):
        return True
    return False


def _is_reported(call: str) -> bool:
    program = f"import keras\nimport numpy as np\n{call}\n"
    events = evaluate(program, "program.py", Settings()).events
    return any(isinstance(event.problem, Problem) for event in events)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted({call.partition("(")[0] for call in _CALLS}))
def test_what_is_reported_is_refused(name: str) -> None:
    calls = [call for call in _CALLS if call.startswith(f"{name}(")]
    reported, refused = (set(filter(test, calls)) for test in (_is_reported, _is_refused))
    assert reported <= refused
    assert reported, "none of the calls is reported"


_OBJECTS = ("None", "[None, 1]", "3", "'abc'", "['a', 'b']", "{}")
_OF_OBJECTS = [
    *(f"np.{name}({one}, 1)" for name in _PAIRS for one in _OBJECTS),
    *(f"np.{name}({one})" for name in (*_REDUCTIONS, *_ALONG) for one in _OBJECTS),
    *(f"np.{name}({one}, axis={axis})" for name in (*_REDUCTIONS, *_ALONG) for one in _OBJECTS
      for axis in ("0", "-1", "1")),
    *(f"np.{name}({one})" for name in ("transpose", "ravel", "copy", "unique") for one in _OBJECTS),
    *(f"np.{call}" for one in _OBJECTS for call in (
        f"broadcast_to({one}, (2, 2))", f"where({one}, 1, 2)", f"where([True, False], {one}, 1)",
        f"stack([{one}, {one}])", f"repeat({one}, 2)")),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore")
def test_what_holds_no_numbers_is_an_array_of_objects() -> None:
    """``np.argmax(print(x))`` is 0."""
    taken = [call for call in _OF_OBJECTS if not _is_refused(call)]
    assert len(taken) > 100
    assert [call for call in taken if _is_reported(call)] == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name", ["dot", "multiply", "sum", "std", "squeeze", "expand_dims", "sort"]
)
def test_nothing_is_missed_with_axes(name: str) -> None:
    calls = [call for call in _CALLS if call.startswith(f"np.{name}(") and "ones(())" not in call]
    assert [call for call in calls if _is_refused(call) and not _is_reported(call)] == []


@pytest.mark.parametrize("handler", ["ValueError", "IndexError", "np.exceptions.AxisError"])
def test_an_axis_error_is_both_of_its_bases(handler: str) -> None:
    failing = "np.zeros((3, 4)).mean(axis=2)"
    program = f"try:\n    {failing}\nexcept {handler}:\n    pass"
    assert _is_reported(failing) and not _is_reported(program)
