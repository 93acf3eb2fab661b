"""What Python never reaches: after unbound names and arrays that do not fit, in replaced functions."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = "from keras import Input, layers\n"
MERGE = "layers.Add()([Input((2,)), Input((3,))])\n"


def codes(program: str) -> list[str]:
    found = check_source(HEAD + program, "/program.py", Settings(keras_version="3"))
    return [finding.code for finding in found]


@pytest.mark.parametrize(("name", "found"), [
    ("nowhere", []),
    ("nowhere.at_all", []),
    ("later", ["KML111"]),
    ("given", ["KML111"]),
    ("xrange", ["KML111"]),
    ("display", ["KML111"]),
    ("__loader__", ["KML111"]),
    ("len", ["KML111"]),
])  # fmt: skip
def test_python_leaves_where_a_name_is_bound_nowhere(name: str, found: list[str]) -> None:
    program = f"def build(given):\n    print({name})\n    return {MERGE}later = 1\n"
    assert codes(program) == found


@pytest.mark.parametrize("line", ["from settings import *", "globals().update(values={})"])
def test_a_name_may_come_from_elsewhere(line: str) -> None:
    assert codes(f"{line}\nprint(nowhere)\n{MERGE}") == ["KML111"]


def test_a_handler_of_the_exception_runs() -> None:
    assert codes(f"try:\n    nowhere\nexcept Exception:\n    {MERGE}") == ["KML111"]


AGAIN = "def part(n):\n    return Input((n,))\ndef build():\n    return layers.Add()([part(2), part(3)])\n"


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (AGAIN, ["KML111"]),
        (AGAIN + "def build():\n    return None\n", []),
        (AGAIN + "class build:\n    pass\n", []),
        (AGAIN + "build()\ndef build():\n    return None\n", ["KML111"]),
        (AGAIN + "build = lambda: None\n", ["KML111"]),
    ],
)
def test_what_is_defined_again_is_not_entered_as_the_first_one(
    program: str, found: list[str]
) -> None:
    assert codes(program) == found


@pytest.mark.parametrize(("shape", "found"), [
    ("5, 6", ["KML309"]),
    ("(5, -1)", ["KML309"]),
    ("6, 4", ["KML111"]),
    ("(3, -1)", ["KML111"]),
    ("-1, n", ["KML111"]),
])  # fmt: skip
def test_python_leaves_where_an_array_does_not_fit(shape: str, found: list[str]) -> None:
    program = f"import numpy as np\ndef build(n):\n    np.zeros((2, 12)).reshape({shape})\n    return {MERGE}"
    assert codes(program) == found
