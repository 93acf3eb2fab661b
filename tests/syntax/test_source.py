"""Where nodes stand, in characters, and the words of an expression."""

from __future__ import annotations

import pytest

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.positions import span_in, text_of
from kerasmergelint.syntax.source import NOWHERE, Span
from kerasmergelint.syntax.unread import Unread


def read(text: str) -> ir.ModuleCode:
    code = parse(text, "file.py")
    assert not isinstance(code, Unread)
    return code


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


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    code = read(text)
    assert span_in(code, value(code)) == PLACES[text]


def test_lines_may_end_as_on_old_macintoshes() -> None:
    code = read("a = 1\rx = f(a)\r")
    assert span_in(code, value(code)) == Span(2, 4, 2, 8)


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


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert text_of(value(read(text))) == WORDS[text]


ARGUMENTS = {
    "x = f(a + b)\n": "a + b",
    "x = f((a + b))\n": "(a + b)",
    "x = f(g)( a )\n": "a",
    "x = f[0](a)\n": "a",
    "x = f(k=(a or b))\n": "(a or b)",
    "x = not (f((a - b), c))\n": "(a - b)",
}


@pytest.mark.parametrize("text", ARGUMENTS)
def test_brackets_of_a_call_are_not_those_of_its_argument(text: str) -> None:
    call = value(read(text))
    if isinstance(call, ir.UnaryOp):
        call = call.operand
    assert isinstance(call, ir.Call)
    argument = call.args[0] if call.args else call.keywords[0][1]
    assert text_of(argument) == ARGUMENTS[text]


def test_a_node_of_another_text_is_nowhere() -> None:
    code, other = read("x = f(a)\n"), read("y = 3\nx = f(a)\n")
    assert span_in(code, value(other)) == NOWHERE
    assert text_of(value(other)) == "f(a)"
