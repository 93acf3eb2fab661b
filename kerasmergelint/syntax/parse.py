"""From text to the lowered tree, by Python's own parser."""

from __future__ import annotations

import ast
import re
import sys
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.decoding import decode
from kerasmergelint.syntax.lower_ast import lower_module
from kerasmergelint.syntax.mangling import mangle
from kerasmergelint.syntax.source import Source
from kerasmergelint.syntax.unread import Unread

# Trees take about a hundred times the memory of their text; nobody writes such files by hand.
_MAX_CHARACTERS = 2_000_000
# Each becomes at least a kilobyte of tree, which every later pass looks at; TensorFlow's longest file has
# half as many.
_MAX_MARKS = 125_000
_MARKS = ",([{+-*/%|&^@<>=.:;\n"
# Python refuses decimal numbers of more than 4,300 digits; before 3.10.7 it takes time quadratic in
# the digits.
_MAX_DIGITS = 5_000
Tree = TypeVar("Tree")
_PYTHON = "Python {}.{}".format(*sys.version_info)


def parse(text: str | bytes, path: str) -> ir.ModuleCode | Unread:
    """The lowered module; or why the running Python cannot read it.

    Never raises.  Call it inside :func:`kerasmergelint.syntax.deep.run_deep`, since long chains of
    operators recurse.
    """
    decoded = decode(text) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    if isinstance(decoded, Unread):
        return decoded
    known = _RECENT.get(path, decoded)
    if known is not None:
        return known
    code = _too_much(decoded) or _parse(decoded, path)
    if isinstance(code, ir.ModuleCode):
        _RECENT.keep(path, decoded, code)
    return code


def _too_much(text: str) -> Unread | None:
    """Why a text must not be given to Python's parser, if it must not."""
    if len(text) > _MAX_CHARACTERS:
        return Unread(f"longer than {_MAX_CHARACTERS:,} characters")
    if len(text) > _MAX_MARKS and sum(map(text.count, _MARKS)) > _MAX_MARKS:
        return Unread(f"more than {_MAX_MARKS:,} commas, brackets, operators and lines")
    if "\0" in text:
        return Unread("a null byte", _line_at(text, text.index("\0")))
    for line in text.splitlines():
        if len(line) > _MAX_DIGITS and re.search(rf"(?<![\d_])[\d_]{{{_MAX_DIGITS}}}", line):
            return Unread(f"{_MAX_DIGITS:,} digits in a row", _line_at(text, text.index(line)))
    return None


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def why_unread(text: str) -> Unread | None:
    """Why the running Python cannot read a text that nobody analyses; None if it can."""
    too_much = _too_much(text)
    if too_much is not None:
        return too_much
    tree = _read(lambda: python_tree(text), text)
    return tree if isinstance(tree, Unread) else None


def _parse(text: str, path: str) -> ir.ModuleCode | Unread:
    def lowered() -> ir.ModuleCode:
        tree = python_tree(text)
        mangle(tree, text)
        return lower_module(tree, path, Source(text))

    return _read(lowered, text)


def _read(tree_of: Callable[[], Tree], text: str) -> Tree | Unread:
    try:
        return tree_of()
    except SyntaxError as error:
        return Unread(f"{_PYTHON} says: {error.msg}", error.lineno or None)
    except UnicodeEncodeError as error:
        return Unread("a lone surrogate", _line_at(text, error.start))
    except (RecursionError, MemoryError):
        return Unread("nested too deeply, or no memory left to read it")


def python_tree(text: str) -> ast.Module:
    """Python's own tree; warnings about the code are for those who run it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


class _Recent:
    """The files parsed last.

    flake8 lints many files of a package in one process, and most of them import the same others;
    lowered code is never changed, so it can be shared.  Kept by path and text, within a bound on
    the text, whose trees take about a hundred times as much.
    """

    _CHARACTERS = 750_000

    def __init__(self) -> None:
        self._codes: OrderedDict[tuple[str, str], ir.ModuleCode] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def get(self, path: str, text: str) -> ir.ModuleCode | None:
        with self._lock:
            code = self._codes.get((path, text))
            if code is not None:
                self._codes.move_to_end((path, text))
            return code

    def keep(self, path: str, text: str, code: ir.ModuleCode) -> None:
        if len(text) > self._CHARACTERS:
            return
        with self._lock:
            if (path, text) not in self._codes:
                self._codes[path, text] = code
                self._held += len(text)
            while self._held > self._CHARACTERS:
                (_, dropped), _ = self._codes.popitem(last=False)
                self._held -= len(dropped)


_RECENT = _Recent()
