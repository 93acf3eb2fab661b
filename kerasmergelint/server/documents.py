"""What is open in the editor: its text replaces the file's."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types
from pygls.uris import to_fs_path

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.server.edits import Edit
from kerasmergelint.server.positions import (
    Position,
    Range,
    Units,
    in_characters,
    in_units,
    line_starts,
    position_at,
    split_lines,
)

# Findings are moved by the edits since the last readable text, which was never this long ago.
_MOST_EDITS = 5_000

Change = types.TextDocumentContentChangeEvent


@dataclass(slots=True)
class Document:
    """A text in the editor: a file, or a cell of a notebook.

    ``path`` is where it is saved, or would be; ``number`` counts its edits so far.
    """

    uri: str
    path: str
    text: str
    version: int | None
    units: Units
    number: int = 0
    edits: list[Edit] = field(default_factory=list)
    _lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = split_lines(self.text)
        return self._lines

    def apply(self, change: Change) -> None:
        """Change the text, and remember how."""
        if isinstance(change, types.TextDocumentContentChangePartial):
            old = self.range_of(change.range)
            starts = line_starts(self.text)
            begin, end = (starts[at.line] + at.column for at in (old.start, old.end))
            text = self.text[:begin] + change.text + self.text[end:]
            edit = Edit.of(old, change.text)
        else:
            text, edit = change.text, _difference(self.text, change.text)
        self.text, self._lines = text, None
        self.edits.append(edit)
        self.number += 1
        del self.edits[:-_MOST_EDITS]

    def since(self, number: int) -> list[Edit] | None:
        """The edits after the first ``number``; None if they are no longer known."""
        count = self.number - number
        if count > len(self.edits):
            return None
        return self.edits[len(self.edits) - count :]

    def forget_before(self, number: int) -> None:
        """Forget the edits before ``number``: nothing will ask for them any more."""
        del self.edits[: max(len(self.edits) - (self.number - number), 0)]

    # -- the client's columns --------------------------------------------------------------

    def position_of(self, given: types.Position) -> Position:
        """A client's position, within the text."""
        line = min(given.line, len(self.lines) - 1)
        if line < given.line:
            return Position(line, len(self.lines[line]))
        return Position(line, in_characters(self.lines[line], given.character, self.units))

    def range_of(self, given: types.Range) -> Range:
        start, end = self.position_of(given.start), self.position_of(given.end)
        return Range(min(start, end), max(start, end))

    def to_client(self, place: Range) -> types.Range:
        return to_client(place, self.lines, self.units)


def to_client(place: Range, lines: Sequence[str], units: Units) -> types.Range:
    """A range in a text of these lines, with columns as the client counts them."""

    def position(at: Position) -> types.Position:
        line = lines[at.line] if at.line < len(lines) else ""
        return types.Position(at.line, in_units(line, at.column, units))

    return types.Range(position(place.start), position(place.end))


def _difference(old: str, new: str) -> Edit:
    """The single edit that turns one text into the other: all but their common beginning and end."""
    shorter = min(len(old), len(new))
    same = _first(shorter, lambda count: old[:count] == new[:count])
    same -= old[:same].endswith("\r")  # its "\n" may be what differs
    left = shorter - same
    tail = _first(left, lambda count: old[len(old) - count :] == new[len(new) - count :])
    tail -= old[len(old) - tail :].startswith("\n")
    starts = line_starts(old)
    replaced = Range(position_at(starts, same), position_at(starts, len(old) - tail))
    return Edit.of(replaced, new[same : len(new) - tail])


def _first(most: int, alike: Callable[[int], bool]) -> int:
    """The largest number up to ``most`` for which something holds; it holds for all smaller ones."""
    return bisect_left(range(most), x=True, key=lambda count: not alike(count + 1))


@dataclass(slots=True)
class Documents:
    """All that is open, by URI; cells of notebooks are documents, too."""

    units: Units = Units.UTF16
    opened: dict[str, Document] = field(default_factory=dict)

    def open(self, uri: str, text: str, version: int | None) -> Document:
        document = Document(uri, path_of(uri), text, version, self.units)
        self.opened[uri] = document
        return document

    def change(self, uri: str, version: int | None, changes: list[Change]) -> Document | None:
        """Change an open document; a client may name others by mistake."""
        document = self.opened.get(uri)
        if document is not None:
            for change in changes:
                document.apply(change)
            document.version = version
        return document

    def close(self, uri: str) -> None:
        self.opened.pop(uri, None)

    def get(self, uri: str) -> Document | None:
        return self.opened.get(uri)

    def texts(self) -> dict[str, str]:
        """The texts of open files, by path."""
        return {document.path: document.text for document in self}

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self.opened.values()))


def path_of(uri: str) -> str:
    """The path of a file; an unsaved one is taken to be in the current folder."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    if path:
        return os.path.abspath(path)
    name = "".join(char if char.isalnum() or char in "-_" else "_" for char in uri) or "untitled"
    return os.path.abspath(f"{name}.py")
