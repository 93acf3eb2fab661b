"""Where nodes stand, in characters, and the words of an expression; for both readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kerasmergelint.syntax import ir, lower_cst, parse
from kerasmergelint.syntax.concrete import concrete_tree
from kerasmergelint.syntax.positions import Positions, Span
from kerasmergelint.syntax.source import text_of

Read = Callable[[str], ir.ModuleCode]


def by_python(text: str) -> ir.ModuleCode:
    code = parse.parse(text, "file.py")
    assert code is not None
    return code


def by_libcst(text: str) -> ir.ModuleCode:
    return lower_cst.lower_module(concrete_tree(text), "file.py", len(text))


READERS = pytest.mark.parametrize("read", [by_python, by_libcst])


def value(code: ir.ModuleCode) -> ir.Expression:
    """What the last statement of a text assigns."""
    statement = code.body[-1]
    assert isinstance(statement, ir.Assign)
    return statement.value


PLACES = {
    "é = 'ß'; ü = f(x)\n": Span(1, 13, 1, 17),
    "'日本🙂'; y = f(日)\n": Span(1, 11, 1, 15),
    "if a:\n\tpass\nx = (f\t(\n  a))\n": Span(3, 5, 4, 4),
    "x = ((a, b))\n": Span(1, 5, 1, 11),
    "x = ((a + b))\n": Span(1, 6, 1, 11),
    "a = 1\r\nx = f(a)\r\n": Span(2, 4, 2, 8),
    "a = 1\n\x0c\nx = f(a)": Span(3, 4, 3, 8),
    "a = '''\u2028\n\x0b\n'''\nx = f(a)\n": Span(4, 4, 4, 8),
    "x = a.b(\n  1\n)(c)\n": Span(1, 4, 3, 4),
}


@READERS
@pytest.mark.parametrize("text", PLACES)
def test_places(read: Read, text: str) -> None:
    code = read(text)
    assert Positions(code).of(value(code)) == PLACES[text]


def test_lines_may_end_as_on_old_macintoshes() -> None:
    code = by_python("a = 1\rx = f(a)\r")
    assert Positions(code).of(value(code)) == Span(2, 4, 2, 8)


WORDS = {
    "x = f(a,  b)\n": "f(a,  b)",
    "x = (a + b)\n": "(a + b)",
    "x = ((a +  b) )\n": "((a +  b) )",
    "x = (a, b)\n": "(a, b)",
    "x = not (a)\n": "not (a)",
    "é = 'ß'; ü = [日, 'q']\n": "[日, 'q']",
    "x = (a) + (b)\n": "(a) + (b)",
    "x = f(\n  a)\n": None,
    "x = '`'\n": None,
    "x = a + a + a + a + a + a + a + a + a + a + a + a + a\n": None,
}


@READERS
@pytest.mark.parametrize("text", WORDS)
def test_words(read: Read, text: str) -> None:
    assert text_of(value(read(text))) == WORDS[text]


ARGUMENTS = {
    "x = f(a + b)\n": "a + b",
    "x = f((a + b))\n": "(a + b)",
    "x = f(g)( a )\n": "a",
    "x = f[0](a)\n": "a",
    "x = f(k=(a or b))\n": "(a or b)",
    "x = not (f((a - b), c))\n": "(a - b)",
}


@READERS
@pytest.mark.parametrize("text", ARGUMENTS)
def test_brackets_of_a_call_are_not_those_of_its_argument(read: Read, text: str) -> None:
    call = value(read(text))
    if isinstance(call, ir.UnaryOp):
        call = call.operand
    assert isinstance(call, ir.Call)
    argument = call.args[0] if call.args else call.keywords[0][1]
    assert text_of(argument) == ARGUMENTS[text]


def test_a_node_of_another_text_is_nowhere() -> None:
    code, other = by_python("x = f(a)\n"), by_python("y = 3\nx = f(a)\n")
    assert Positions(code).of(value(other)) == Span(1, 0, 1, 0)
    assert text_of(value(other)) == "f(a)"
