"""What a path assumes about one thing is one set of facts: asked twice, the answer is the same."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from kerasmergelint.tracker.machine.paths import Path

SIZE = ("param", "build", "size")
LENGTH = ("call", ("name", "len"), SIZE)
OTHER = ("param", "build", "other")


def test_what_equals_none_is_none() -> None:
    path = Path()
    path.assume(("==", SIZE, None), answer=True)
    assert path.known(("is", SIZE, None)) is True
    assert path.known(("!=", SIZE, None)) is False


def test_what_is_not_none_does_not_equal_none() -> None:
    path = Path()
    path.assume(("is not", SIZE, None), answer=True)
    assert path.known(("==", None, SIZE)) is False


# Each: what was assumed to be true, a question, and its answer.
FACTS: list[tuple[Any, Any, bool | None]] = [
    (("<", SIZE, 1), ("<", 0, SIZE), None),  # 0.5 is both
    (("<", SIZE, 1), ("<", SIZE, 1.5), True),
    (("<", SIZE, 1), ("==", SIZE, 1), False),
    (("<", SIZE, 1), ("<", 1, SIZE), False),
    ((">=", SIZE, 1), ("==", SIZE, 0), False),
    ((">=", SIZE, 1), SIZE, True),
    ((">", LENGTH, 0), (">=", LENGTH, 1), True),
    ((">", LENGTH, 0), SIZE, True),
    (SIZE, ("==", LENGTH, 0), False),
    (SIZE, (">", LENGTH, 0), True),
    (SIZE, ("is", SIZE, None), False),
    (SIZE, ("==", SIZE, 0), False),
    (SIZE, ("==", SIZE, 3), None),
    (("not", SIZE), ("==", SIZE, 3), False),
    (("not", SIZE), ("<", 0, LENGTH), False),
    (("not", SIZE), ("is", SIZE, None), None),
    (("isinstance", SIZE, "int"), ("is", SIZE, None), False),
    (("isinstance", SIZE, "int"), ("isinstance", SIZE, "list,tuple"), False),
    (("isinstance", SIZE, "int"), ("isinstance", SIZE, "bool"), None),
    (("isinstance", SIZE, "bool"), ("isinstance", SIZE, "int"), None),
    (("isinstance", SIZE, "list"), ("isinstance", SIZE, "list,tuple"), True),
    (("not", ("isinstance", SIZE, "list,tuple")), ("isinstance", SIZE, "list"), False),
    (SIZE, ("<", ("item", ("attr", OTHER, "shape"), 1), 0), False),
    (SIZE, ("<", ("item", ("attr", OTHER, "shape"), 1), 1), None),
    (("<", SIZE, OTHER), ("<", OTHER, SIZE), False),
    (("<", SIZE, OTHER), ("==", OTHER, SIZE), False),
    (("==", SIZE, OTHER), ("==", OTHER, SIZE), True),
    (("==", SIZE, OTHER), ("<", SIZE, OTHER), False),
    (("==", SIZE, OTHER), ("==", SIZE, 3), None),
]


@pytest.mark.parametrize(("assumed", "asked", "answer"), FACTS)
def test_what_follows(assumed: Any, asked: Any, answer: bool | None) -> None:
    path = Path()
    path.assume(assumed, answer=True)
    assert path.known(asked) is answer


_NUMBERS = (-1, 0, 0.5, 1, 1.5, 2)
_QUESTIONS = [
    (operator, *sides)
    for operator in ("<", "<=", "==", ">", ">=", "!=")
    for number in (0, 1)
    for sides in ((SIZE, number), (number, SIZE))
]
_MEANING = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "!=": lambda a, b: a != b,
}  # fmt: skip


def _true(question: Any, size: float) -> bool:
    operator, left, right = question
    values = [size if side == SIZE else side for side in (left, right)]
    return bool(_MEANING[operator](*values))


def _contradicts(size: float, first: Any, second: Any, asked: Any) -> bool:
    path = Path()
    path.assume(first, answer=_true(first, size))
    path.assume(second, answer=_true(second, size))
    answers = {asked: _true(asked, size), SIZE: bool(size)}
    return any(path.known(question) not in (None, answer) for question, answer in answers.items())


@pytest.mark.parametrize("size", _NUMBERS)
def test_what_follows_from_true_facts_is_true(size: float) -> None:
    asked = itertools.product(_QUESTIONS, repeat=3)
    assert [questions for questions in asked if _contradicts(size, *questions)] == []
