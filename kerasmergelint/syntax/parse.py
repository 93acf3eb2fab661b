"""From text to the lowered tree; anything that is not Python gives None."""

from __future__ import annotations

import ast
import re
import threading
import warnings
from collections import OrderedDict

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.lower_ast import lower_module
from kerasmergelint.syntax.newer import may_be_newer
from kerasmergelint.syntax.source import Source

# Trees take some hundred times the memory of their text; nobody writes such files by hand.
_MAX_CHARACTERS = 2_000_000
# Python refuses decimal numbers of more than 4,300 digits; before 3.10.7 it takes a time that grows with
# the square of the digits.
_LONG_LINE = 5_000
_LONG_NUMBER = re.compile(r"[\d_]{5000}")


def parse(text: str | bytes, path: str) -> ir.ModuleCode | None:
    """The lowered module, or None for a file that cannot be read as Python.

    Python's own parser reads it; where that is too old for the file, libcst does.  Never raises, and
    never says anything.  Call it inside :func:`kerasmergelint.syntax.deep.run_deep`, since long chains
    of operators recurse, and libcst's tree does.
    """
    decoded = decode(text)
    if decoded is None or "\0" in decoded or len(decoded) > _MAX_CHARACTERS:
        return None
    known = _RECENT.get(path, decoded)
    if known is not None:
        return known
    code = None if _has_long_number(decoded) else _parse(decoded, path)
    if code is not None:
        _RECENT.keep(path, decoded, code)
    return code


def _parse(text: str, path: str) -> ir.ModuleCode | None:
    try:
        return lower_module(python_tree(text), path, Source(text))
    except SyntaxError as error:
        return _parse_newer(text, path) if may_be_newer(text, error) else None
    except (ValueError, RecursionError, MemoryError):
        return None  # surrogates, or what nests deeper than Python itself can follow


def python_tree(text: str) -> ast.Module:
    """Python's own tree; warnings about the code are for those who run it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _parse_newer(text: str, path: str) -> ir.ModuleCode | None:
    from kerasmergelint.syntax.concrete import concrete_tree

    tree = concrete_tree(text)
    if tree is None:
        return None
    from kerasmergelint.syntax import lower_cst

    try:
        return lower_cst.lower_module(tree, path, len(text))
    except (RecursionError, MemoryError):
        return None


class _Recent:
    """The files parsed last.

    flake8 lints many files of a package in one process, and most of them import the same others;
    lowered code is never changed, so it can be shared.  Kept by path and text, within a bound on the
    text: its trees take some hundred times as much.
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


def decode(text: str | bytes) -> str | None:
    """The text of a file, without a mark of its byte order; None if it is none."""
    if isinstance(text, bytes):
        import io
        import tokenize

        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(text).readline)
            text = text.decode(encoding)
        except (SyntaxError, UnicodeDecodeError, LookupError):
            return None
    return text.removeprefix("\ufeff")


def _has_long_number(text: str) -> bool:
    return any(len(line) > _LONG_LINE and _LONG_NUMBER.search(line) for line in text.splitlines())
