"""Jupyter notebooks: their code cells as one program, with the origin of each line.

Magics are not Python.  A line magic is replaced by something harmless of the same width, to keep the
columns; a cell in another language becomes blank.  Jupyter runs a cell that is indented as a whole: here it
becomes a block.  A cell that cannot be read at all may have bound any name, so the program ends there.
"""

from __future__ import annotations

import ast
import json
import re

from kerasmergelint.dataclass import dataclass
from kerasmergelint.regex import regex
from kerasmergelint.syntax.cells import get, sources
from kerasmergelint.syntax.unread import Unread

# Cell magics that leave the rest of the cell ordinary Python.
_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun", "python3"})
# Line magics that run the statement after them.
_RUNS_REST = regex(
    r"^(\s*)(%(?:time|timeit|prun|memit)\b(?:\s+-[a-z]\s*\S*(?=\s))*)(.*)$", re.DOTALL
)
_MAGIC = regex(r"^\s*(?:[%!]|\?|[\w.]+\?{1,2}\s*$)")
# What IPython runs without a percent sign, where the text after it cannot be part of a Python statement.
_AUTOMAGIC = regex(
    r"^\s*(?:cat|cd|conda|cp|less|ls|man|mkdir|more|mv|pip3?|pwd|rm|rmdir|wget|git)(?:\s+[\w./~*$\"'-]|\s*$)"
)
# What tells the Keras that is meant is kept as a comment.
_SAYS_VERSION = regex(r"\binstall\b|^%tensorflow_version\b")
_BLOCK = "if True:"
_ASSIGNED = regex(r"^(\s*[\w,][\w, ]*?=\s*)([%!].*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CellLine:
    """The origin of a line: cell and line in it count from 1.

    ``raw`` is the line in the notebook's file, if it was found.
    """

    cell: int
    line: int
    raw: int | None = None


@dataclass(frozen=True, slots=True)
class Notebook:
    """The program in a notebook, with the origin of each line.

    ``unread`` says where it ends before the notebook does.
    """

    text: str
    origins: tuple[CellLine, ...]
    unread: Unread | None = None


def read_notebook(content: str) -> Notebook | Unread | None:
    """The code in a notebook; None if it is not a Python notebook."""
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        return Unread(f"not JSON: {error.msg}", error.lineno)
    except (ValueError, RecursionError):
        return Unread("not JSON that Python can follow")
    if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
        return Unread("a notebook without a list of cells")
    language = get(document, "metadata", "language_info", "name") or "python"
    if language not in ("python", "ipython"):
        return None
    return _Reader(content).read(document["cells"])


class _Reader:
    """Reads the cells, and keeps pace with the lines of the file."""

    def __init__(self, content: str) -> None:
        self._raw = content.splitlines()
        self._at = 0

    def read(self, cells: list[object]) -> Notebook:
        text: list[str] = []
        origins: list[CellLine] = []
        for number, code in enumerate(sources(cells), 1):
            lines = code.splitlines()
            python = as_python(lines)
            if python is None:
                block = as_python([_BLOCK, *lines])
                if block is None:
                    unread = self._unread(number, lines)
                    return Notebook("".join(text), tuple(origins), unread)
                text.append(_BLOCK + "\n")
                origins.append(CellLine(number, 1))
                python = block[1:]
            for index, (line, original) in enumerate(zip(python, lines), 1):
                text.append(line + "\n")
                origins.append(CellLine(number, index, self._find(original)))
        return Notebook("".join(text), tuple(origins))

    def _unread(self, number: int, lines: list[str]) -> Unread:
        why = f"cell {number} is not Python, and the cells after it may depend on it"
        return Unread(why, self._find(lines[0]))

    def _find(self, line: str) -> int | None:
        """The line of the file that holds this line of code; both are in the same order."""
        spellings = {json.dumps(line)[1:-1], json.dumps(line, ensure_ascii=False)[1:-1]}
        for index in range(self._at, len(self._raw)):
            held = self._raw[index].strip().rstrip(",").strip('"').removesuffix("\\n")
            if held in spellings:
                self._at = index + 1
                return index + 1
        return None


def as_python(lines: list[str]) -> list[str] | None:
    """The lines of a cell with magics replaced, one for one; None if that is not Python.

    >>> as_python(["%matplotlib inline", "x = 1"])
    ['pass', 'x = 1']
    >>> as_python(["!pip install keras==2.3"])
    ['pass  # !pip install keras==2.3']
    """
    if _parses(lines):
        return lines
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        name = lines[first][2:].split(maxsplit=1)[0] if lines[first][2:].strip() else ""
        if name not in _PYTHON_CELLS:
            return [""] * len(lines)
        lines = [*lines[:first], "", *lines[first + 1 :]]
    replaced = _without_magics(lines)
    return replaced if _parses(replaced) else None


def _without_magics(lines: list[str]) -> list[str]:
    """The lines with magics replaced; one that goes on after a backslash takes the next lines with it."""
    replaced: list[str] = []
    goes_on = False
    for line in lines:
        made = "" if goes_on else _without_magic(line)
        goes_on = made != line and line.rstrip().endswith("\\")
        replaced.append(made)
    return replaced


def _without_magic(line: str) -> str:
    runs = _RUNS_REST.match(line)
    if runs and runs[3].strip() and not runs[3].strip().startswith("-"):
        return f"{runs[1]}0;{' ' * (len(runs[2]) - 2)}{runs[3]}"
    assigned = _ASSIGNED.match(line)
    if assigned:
        return f"{assigned[1]}get_ipython()"
    if _MAGIC.match(line) or (_AUTOMAGIC.match(line) and not _parses([line.strip()])):
        magic = line.lstrip()
        kept = f"  # {magic}" if _SAYS_VERSION.search(magic) else ""
        return f"{line[: len(line) - len(magic)]}pass{kept}"
    return line


def _parses(lines: list[str]) -> bool:
    try:
        ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
