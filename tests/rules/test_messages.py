"""What a message says: for the person who has to fix it, on one line, and safe for editors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerasmergelint.keras_api.protocol import Hazard, HazardKind, Problem, ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.rules.messages import MAX_LENGTH, message
from kerasmergelint.rules.operand import OperandInfo
from tests.fixture_files import programs
from tests.rules.code_pages import with_examples
from tests.some import some

# What python-lsp-server and others take for a position in flake8's output.
POSITION = re.compile(r":\d*:")
# Names of our own classes, and symbols that only we know, have no place in a message.
INTERNAL = re.compile(
    r"\b(LayerV|SequentialV|ModelV|ListV|DictV|UnknownV|TensorV|Instance|Expr|Symbol)\b|\d{9,}"
)


def test_operands_by_name_shape_and_line() -> None:
    problem = Problem(ProblemKind.CONCAT_SIZES, "ValueError", "axis 1 differs: 8 and 7", (0, 2))
    operands = [
        OperandInfo("left", "(None, 8, 2)", 4),
        OperandInfo("middle", "(None, 8, 2)", 5),
        OperandInfo(None, "(None, 7, 2)", 6, "blocks.py"),
    ]
    assert message(problem, "Concatenate", operands) == (
        "Concatenate: axis 1 differs: 8 and 7: `left` (None, 8, 2) from line 4, "
        "the third input (None, 7, 2) from line 6 of blocks.py"
    )


def test_the_call_that_feeds_a_custom_merge() -> None:
    problem = Problem(ProblemKind.OPERATION, "ValueError", "sizes differ", (0,), hint="crop one")
    text = message(problem, "+", [OperandInfo("x", "(None, 8)", 3)], "in Gate called from line 9")
    assert (
        text == "+: sizes differ: `x` (None, 8) from line 3, in Gate called from line 9; crop one"
    )


def test_literals_among_the_arguments_are_no_operands() -> None:
    problem = Problem(ProblemKind.OPERATION, "ValueError", "`j` is 4 and 5", (0,))
    assert message(problem, "tf.einsum", [OperandInfo('"ij"', "'ij'", None)]) == (
        "tf.einsum: `j` is 4 and 5"
    )


@given(st.text(max_size=400), st.text(max_size=60), st.lists(st.text(max_size=120), max_size=6))
def test_one_short_line_whatever_the_names(detail: str, callee: str, shapes: list[str]) -> None:
    hazard = Hazard(HazardKind.SILENT_BROADCAST, detail, tuple(range(len(shapes))))
    operands = [OperandInfo(shape, shape, 7) for shape in shapes]
    text = message(hazard, callee, operands)
    assert len(text) <= MAX_LENGTH
    assert len(text.splitlines()) <= 1
    assert not POSITION.search(text)


@pytest.mark.parametrize("kind", ["broken", "hazardous"])
def test_messages_of_the_fixtures(kind: str) -> None:
    for path in some(programs(kind)):
        _hold(path.read_text(encoding="utf-8"), str(path))


def test_messages_of_the_pages() -> None:
    for page in some(with_examples()):
        _hold(page.bad or "", f"{page.code}.py")


def _hold(source: str, path: str) -> None:
    found = check_source(source, path, Settings(enabled=("KML",)))
    assert found, path
    for finding in found:
        assert not POSITION.search(finding.message), finding
        assert not INTERNAL.search(finding.message), finding
        assert len(finding.message) <= MAX_LENGTH
        assert ": None;" not in finding.message, finding
