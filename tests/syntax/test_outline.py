"""Which functions an edit changes, and when it may change anything."""

from __future__ import annotations

import pytest

from kerasmergelint.syntax.outline import Outline, outline
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.unread import Unread

TEXT = """\
size = 3

@cached
def build(
    n=size,
):
    'É'
    return n

class Block:
    depth = 2

    def __init__(self):
        self.depth = 3

    def call(self, x):
        def inner(y):
            return y
        return inner(x)

def short(x): return x
def short(x):
    return x + 1
"""


def read(text: str) -> Outline:
    code = parse(text, "net.py")
    assert not isinstance(code, Unread)
    return outline(code)


def changed(old: str, new: str) -> frozenset[str] | None:
    assert old in TEXT
    return read(TEXT.replace(old, new)).changed_since(read(TEXT))


@pytest.mark.parametrize(
    "old, new, functions",
    [
        ("return n", "m = n\n    return m", {"build"}),
        ("'É'", "'E'", {"build"}),
        ("return y", "return y + 1", {"Block.call"}),
        ("self.depth = 3", "pass", {"Block.__init__"}),
        ("x + 1", "x + 2", {"short"}),
        ("size = 3", "size = 3", set()),
    ],
)
def test_an_edit_inside_a_body(old: str, new: str, functions: set[str]) -> None:
    assert changed(old, new) == functions


@pytest.mark.parametrize(
    "old, new",
    [
        ("size = 3", "size = 4"),
        ("n=size,", "n=size + 1,"),
        ("@cached", "@cached()"),
        ("depth = 2", "depth = 1"),
        ("def short(x): return x\n", "def short(x): return x + 1\n"),
        ("def call", "def __call__"),
        ("\ndef short(x):", "\n\ndef short(x):"),
    ],
)
def test_an_edit_around_them(old: str, new: str) -> None:
    assert changed(old, new) is None


def test_functions_of_one_name_are_told_apart() -> None:
    text = "def f():\n    return 1\n\ndef f():\n    return 2\n"
    assert read(text.replace("2", "3")).changed_since(read(text)) == {"f'"}
    assert read(text.replace("1", "3")).changed_since(read(text)) == {"f"}
