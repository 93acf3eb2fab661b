"""Which statements inside others may leave a block."""

from __future__ import annotations

import pytest

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.leaving import leaving, may_end_early
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.unread import Unread


def loop_body(body: str) -> tuple[ir.Statement, ...]:
    text = "def f():\n for i in x:\n" + "".join(f"  {line}\n" for line in body.splitlines())
    code = parse(text, "f.py")
    assert not isinstance(code, Unread)
    (function,) = code.body
    assert isinstance(function, ir.FunctionDef)
    (loop,) = function.code.body
    assert isinstance(loop, ir.For)
    return loop.body


def ways(body: str) -> set[str]:
    found = leaving(loop_body(body))
    return {name for name in ("returns", "breaks", "continues") if getattr(found, name)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1", set()),
        ("break", set()),
        ("if a:\n return 1\nelse:\n continue", {"returns", "continues"}),
        ("if a:\n pass\nelif b:\n break", {"breaks"}),
        ("for j in y:\n if a:\n  break\n else:\n  return", {"returns"}),
        ("while a:\n pass\nelse:\n break", {"breaks"}),
        ("try:\n pass\nexcept E:\n continue\nfinally:\n if a:\n  return", {"continues", "returns"}),
        ("with a:\n return", {"returns"}),
        ("match a:\n case 1:\n  break", {"breaks"}),
        ("def g():\n return 1", set()),
    ],
)
def test_what_leaves_a_block(body: str, expected: set[str]) -> None:
    assert ways(body) == expected


@pytest.mark.parametrize("body", ["break", "return", "if a:\n return", "if a:\n break"])
def test_a_loop_that_may_end_early(body: str) -> None:
    assert may_end_early(loop_body(body))


@pytest.mark.parametrize("body", ["continue", "for j in y:\n break", "def g():\n return 1"])
def test_a_loop_that_goes_through_everything(body: str) -> None:
    assert not may_end_early(loop_body(body))
