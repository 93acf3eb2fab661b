"""Repairs in notebooks: only the source lines that change are written anew, the rest of the file stays."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from pathlib import Path

from kerasmergelint.cli.programs.notebook import Notebook, read_notebook
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.regex import regex
from kerasmergelint.repairs.model import Edit, differences, edited

# A line of a cell, as a string of its own on a line of the file.
_HELD = regex(r'(\s*)("(?:[^"\\]|\\.)*")(,?)(\s*)')


def in_notebook(content: str, source: Source, old: str, new: str) -> tuple[str, str] | str:
    """The file as it is and as it will be; or why it cannot be changed.

    ``old`` and ``new`` are the program in the cells, before and after the repairs.
    """
    read = read_notebook(content)
    if not isinstance(read, Notebook) or read.text != old:
        return "it was changed meanwhile"
    raw = content.splitlines(keepends=True)
    before, after = old.splitlines(), new.splitlines()
    for tag, start, end, begin, stop in reversed(
        difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    ):
        if tag == "equal":
            continue
        if not _replace(raw, source, (start, end), before, after[begin:stop]):
            return "a cell is not written line by line"
    return content, "".join(raw)


def as_edits_of_file(source: Source, edits: Sequence[Edit]) -> tuple[str, tuple[Edit, ...]] | None:
    """A notebook's file, and the edits of it that edits of the program in its cells amount to.

    None where they cannot be carried out line by line.
    """
    try:
        content = Path(source.path).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return None
    written = in_notebook(content, source, source.text, edited(source.text, edits))
    if isinstance(written, str):
        return None
    return content, tuple(differences(source.path, *written))


def _replace(
    raw: list[str], source: Source, changed: tuple[int, int], before: list[str], lines: list[str]
) -> bool:
    """Put other lines in the place of some lines of a cell; an added one goes with the line above."""
    start, end = changed
    if start == end:
        if not start:
            return False
        start, lines = start - 1, [before[start - 1], *lines]
    origins = [source.origin(number) for number in range(start + 1, end + 1)]
    cells = {None if origin is None else origin.cell for origin in origins}
    numbers = [origin.raw for origin in origins if origin is not None and origin.raw is not None]
    if len(cells) != 1 or len(numbers) != end - start:
        return False
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        return False
    held = [_HELD.fullmatch(raw[number - 1]) for number in numbers]
    first, last = held[0], held[-1]
    if first is None or last is None or None in held:
        return False
    for match, line in zip(held, before[start:end]):
        if match is None or json.loads(match[2]).rstrip("\n") != line:
            return False  # a magic, of which the program has another text
    ends = json.loads(last[2]).endswith("\n")
    ascii_only = raw[numbers[0] - 1].isascii()
    written = []
    for index, line in enumerate(lines):
        is_last = index == len(lines) - 1
        words = json.dumps(line + ("\n" if ends or not is_last else ""), ensure_ascii=ascii_only)
        comma, tail = (last[3], last[4]) if is_last else (",", "\n")
        written.append(f"{first[1]}{words}{comma}{tail}")
    raw[numbers[0] - 1 : numbers[-1]] = ["".join(written)] if written else []
    return True
