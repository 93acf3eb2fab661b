"""What is found in a function that nothing calls has values with which it fails, and says which.

Calling the function with these values meets the same failure, for the tracker and for TensorFlow.
"""

from __future__ import annotations

import ast
import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.rules.finding import Finding
from kerasmergelint.tracker.machine.witness import in_words
from tests.tracker.witnessed import FUNCTIONS, HEAD, PROGRAMS, UNWITNESSED

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

# For parameters that need no value: any will do.
_ANY = {"log": "print", "name": "'n'", "activation": "'relu'", "initializer": "'zeros'"}


def findings_in(source: str, *enable: str) -> list[Finding]:
    return check_source(HEAD + source, "model.py", Settings.parse(list(enable)))


def call_of(source: str, found: Finding) -> str:
    """The function called with its witness."""
    given = {
        one.name: f"Input(batch_shape={one.value})" if one.tensor else one.value
        for one in found.witness
        if one.parameter
    }
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    needed = [argument.arg for argument in function.args.args]
    values = [f"{name}={given[name] if name in given else _ANY[name]}" for name in needed]
    return f"f({', '.join(values)})"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_unknown_has_a_value(name: str) -> None:
    source, words = FUNCTIONS[name]
    (found,) = findings_in(source)
    assert "# fails" in (HEAD + source).splitlines()[found.line - 1]
    assert in_words(found.witness) == words
    assert not words or f"for example with {words}" in found.message


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_call_with_the_witness_fails_there(name: str) -> None:
    source, _ = FUNCTIONS[name]
    (alone,) = findings_in(source)
    (called,) = findings_in(f"{source}{call_of(source, alone)}\n")
    assert (called.code, called.line, called.column) == (alone.code, alone.line, alone.column)
    assert called.witness == ()


@pytest.mark.oracle
@pytest.mark.parametrize("name", FUNCTIONS)
def test_tensorflow_raises_with_the_witness(name: str) -> None:
    source, _ = FUNCTIONS[name]
    (found,) = findings_in(source)
    program = f"{HEAD}{source}{call_of(source, found)}\n"
    names: dict[str, Any] = {}
    with pytest.raises(Exception) as caught:
        exec(compile(program, "model.py", "exec"), names)
    lines = [frame.lineno for frame in caught.traceback if str(frame.path).endswith("model.py")]
    assert found.line in [line + 1 for line in lines]


@pytest.mark.parametrize("name", UNWITNESSED)
def test_what_no_values_lead_to_is_told_only_if_asked_for(name: str) -> None:
    source = UNWITNESSED[name]
    assert findings_in(source) == []
    (found,) = findings_in(source, "KML1", "KML3", "KML4")
    assert "# fails" in (HEAD + source).splitlines()[found.line - 1]
    assert (found.sure, found.witness) == (False, ())


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_program_reads_has_a_value(name: str) -> None:
    source, value = PROGRAMS[name]
    (found,) = findings_in(source)
    assert "# fails" in (HEAD + source).splitlines()[found.line - 1]
    (given,) = found.witness
    assert (given.value, given.name, given.parameter) == (value, None, False)
    assert given.reason


def test_levels_of_which_each_is_twice_the_next() -> None:
    """What refuses a level on the way says how large it has to be."""
    source = (
        "def f(levels):\n"
        "    low, mid, high = levels\n"
        "    mid = mid + UpSampling2D()(high)\n"
        "    low = low + UpSampling2D()(mid)\n"
        "    return Add()([Dense(5)(low), Dense(6)(low)])\n"
    )
    (found,) = findings_in(source)
    sizes = "[(None, 12, 12, 3), (None, 6, 6, 3), (None, 3, 3, 3)]"
    assert in_words(found.witness) == f"levels = {sizes}"


def test_a_loop_that_asks_the_same_in_each_round_is_left() -> None:
    source = (
        "import cv2\nvideo = cv2.VideoCapture(0)\nwhile True:\n    ok, frame = video.read()\n"
        "    if not ok:\n        break\n    print()\nx = Input((8,))\nAdd()([Dense(5)(x), Dense(6)(x)])\n"
    )
    (found,) = findings_in(source)
    assert found.line == (HEAD + source).count("\n")


def test_what_rests_on_nothing_unknown_needs_no_witness() -> None:
    (found,) = findings_in("x = Input((8,))\nAdd()([Dense(5)(x), Dense(6)(x)])\n")
    assert (found.sure, found.witness) == (True, ())
    assert "for example with" not in found.message
