"""What was known moves with the edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from kerasmergelint.server.documents import Document
from kerasmergelint.server.edits import Edit, before, range_after
from kerasmergelint.server.positions import Position, Range, Units, in_characters, in_units

TEXTS = st.text(alphabet="ab\n\r😀é", max_size=30)


def document(text: str, units: Units = Units.UTF16) -> Document:
    return Document("file:///net.py", "/net.py", text, 0, units)


def positions(text: str) -> st.SearchStrategy[Position]:
    lines = document(text).lines
    return st.sampled_from(
        [Position(n, column) for n, line in enumerate(lines) for column in range(len(line) + 1)]
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Range, str]:
    """A text, a range of it, and what to put there; no end of a line is torn apart."""
    text = draw(TEXTS).replace("\r", "")
    first, second = draw(positions(text)), draw(positions(text))
    return text, Range(min(first, second), max(first, second)), draw(TEXTS).replace("\r", "")


@given(edited())
def test_an_edit_leaves_everything_around_it(drawn: tuple[str, Range, str]) -> None:
    text, replaced, new = drawn
    file = document(text, Units.UTF32)
    file.apply(types.TextDocumentContentChangePartial(file.to_client(replaced), new))
    [edit] = file.edits
    kept = [
        (here, content[here.column], place.start)
        for line, content in enumerate(text.split("\n"))
        for here in (Position(line, column) for column in range(len(content)))
        if not replaced.start <= here < replaced.end
        if (place := range_after(Range(here, Position(line, here.column + 1)), [edit])) is not None
    ]
    found = [(before(now, [edit]), file.lines[now.line][now.column]) for _, _, now in kept]
    assert found == [(here, char) for here, char, _ in kept]


@given(TEXTS, TEXTS)
def test_a_whole_new_text_is_one_edit(old: str, new: str) -> None:
    file = document(old)
    file.apply(types.TextDocumentContentChangeWholeDocument(new))
    assert file.text == new
    [edit] = file.edits
    lines = file.lines
    assert edit.new_end.line < len(lines)
    assert edit.new_end.column <= len(lines[edit.new_end.line])


@pytest.mark.parametrize("units", Units)
@given(TEXTS)
def test_columns_there_and_back(units: Units, text: str) -> None:
    places = [(line, column) for line in document(text).lines for column in range(len(line) + 1)]
    again = [(line, in_characters(line, in_units(line, n, units), units)) for line, n in places]
    assert again == places


def test_what_is_replaced_is_gone() -> None:
    edit = Edit.of(Range(Position(1, 0), Position(2, 0)), "x")
    assert edit.range_after(Range(Position(1, 2), Position(1, 5))) is None
    assert edit.range_after(Range(Position(2, 2), Position(2, 5))) == Range(
        Position(1, 3), Position(1, 6)
    )


def test_what_is_new_was_nowhere() -> None:
    edit = Edit.of(Range(Position(1, 0), Position(1, 0)), "abc\n")
    assert before(Position(1, 2), [edit]) is None
    assert before(Position(2, 2), [edit]) == Position(1, 2)


def test_edits_beyond_memory_move_nothing() -> None:
    file = document("x = 1\n")
    for _ in range(3):
        file.apply(
            types.TextDocumentContentChangePartial(
                types.Range(types.Position(0, 0), types.Position(0, 0)), "#"
            )
        )
    file.forget_before(2)
    assert file.since(1) is None
    assert file.since(2) is not None
