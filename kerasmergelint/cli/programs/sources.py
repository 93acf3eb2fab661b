"""The programs to check: files, the files of folders, the cells of notebooks, standard input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from kerasmergelint.cli.configuration.patterns import matches
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs.notebook import CellLine, Notebook, read_notebook
from kerasmergelint.cli.reading import content_of, standard_input
from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.rules.printable import printable
from kerasmergelint.syntax.decoding import decode
from kerasmergelint.syntax.gate import mentions_keras
from kerasmergelint.syntax.unread import Unread

SUFFIXES = (".py", ".ipynb")
# Folders without programs of the project's own.
EXCLUDED = (
    ".*", "__pycache__", "node_modules", "site-packages", "venv", "build", "dist", "*.egg-info",
)  # fmt: skip


@lru_cache(maxsize=4)
def _lines_of(text: str) -> tuple[str, ...]:
    """Each finding of a file asks for them."""
    return tuple(text.splitlines())


@dataclass(frozen=True, slots=True)
class Source:
    """One program: ``path`` is absolute, ``shown`` is what the user calls it.

    If it is ``unread``, ``text`` ends where that begins.
    """

    path: str
    shown: str
    text: str
    origins: tuple[CellLine, ...] = ()
    remarks: tuple[str, ...] = field(default=(), compare=False)
    unread: Unread | None = None

    @property
    def lines(self) -> Sequence[str]:
        return _lines_of(self.text)

    def line(self, number: int) -> str:
        """The text of a line; empty beyond the end."""
        lines = self.lines
        return lines[number - 1] if number <= len(lines) else ""

    def why_unread(self, found: Unread | None) -> Unread | None:
        """Why the file, or the program that was found in it, could not be read; by the file's lines."""
        if self.unread is not None or found is None:
            return self.unread
        origin = self.origin(found.line or 0)
        return found if origin is None else replace(found, line=origin.raw)

    def origin(self, line: int) -> CellLine | None:
        """The cell of a notebook, and the line in it."""
        return self.origins[line - 1] if 0 < line <= len(self.origins) else None


def find(
    paths: Sequence[str],
    excluded: Sequence[str],
    usual: Sequence[str] = EXCLUDED,
    *,
    skipped: Callable[[str], object],
) -> Iterator[str]:
    """Named files as they are; folders by the programs in them, less what is excluded as usual.

    What only has the name of a Python file, such as a pipe or a dangling link in a folder, is
    ``skipped``.
    """
    for path in paths:
        if path == "-":
            yield path
        elif os.path.isdir(path):
            for found in _in_folder(Path(path), (*usual, *excluded)):
                if os.path.isfile(found):
                    yield found
                else:
                    skipped(f"{printable(found)}: skipped, not a regular file")
        elif os.path.lexists(path):
            yield path
        else:
            raise CannotRun(f"{printable(path)}: no such file or folder")


def _in_folder(folder: Path, excluded: Sequence[str]) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not _is_excluded(here / name, excluded))
        for name in sorted(files):
            path = here / name
            if path.suffix in SUFFIXES and not _is_excluded(path, excluded):
                yield str(path)


def _is_excluded(path: Path, excluded: Sequence[str]) -> bool:
    """By its own name, or by its relative path.  A folder that the user names is never excluded."""
    relative = os.path.relpath(path).replace(os.sep, "/")
    return any(
        matches(path.name, pattern) or ("/" in pattern and matches(relative, pattern))
        for pattern in excluded
    )


def read_source(path: str, shown: str | None = None, *, named: bool = False) -> Source:
    """Read a program to check; ``-`` is standard input, under the name ``shown``.

    A file that is not about Keras need not be readable, unless the user ``named`` this very file.
    """
    if path == "-":
        name = shown or "stdin.py"
        return _readable(source_of(os.path.abspath(name), name, standard_input(name)))
    absolute, shown = os.path.abspath(path), printable(shown or path)
    content = content_of(path)
    if isinstance(content, Unread):
        return Source(absolute, shown, "", unread=content)
    source = source_of(absolute, shown, content)
    if named:
        return _readable(source)
    if source.unread is None or mentions_keras(content.replace(b"\0", b"").decode("latin-1")):
        return source
    return replace(source, unread=None)


def _readable(source: Source) -> Source:
    """The same program, unread if it is not Python; of what is about Keras the analysis tells that."""
    if source.unread is not None or mentions_keras(source.text):
        return source
    from kerasmergelint.syntax.parse import why_unread  # late: few named files need it

    return replace(source, unread=source.why_unread(why_unread(source.text)))


def source_of(path: str, shown: str, content: bytes) -> Source:
    """The program with this content, under its absolute path and the user's name for it."""
    text = decode(content)
    found = read_notebook(text) if isinstance(text, str) and path.endswith(".ipynb") else text
    if isinstance(found, str):
        return Source(path, shown, found)
    if isinstance(found, Notebook):
        return Source(path, shown, found.text, found.origins, unread=found.unread)
    if found is None:
        return Source(path, shown, "", remarks=(f"{shown}: not a Python notebook",))
    return Source(path, shown, "", unread=found)
