"""From text to the lowered tree; anything that is not Python gives None."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

from kerasmergelint.syntax import ir

# libcst's parser takes time and memory that grow with the square of the nesting (300 calls: 1.4 s and
# 430 MB; 500: 4 s and 1.1 GB), and its stack has an end: it gets no file that is nested deeper than
# this, or that has a longer chain of one of these kinds.
_MAX_NESTING = 300
_CHAINS = re.compile(
    r"(?:[-+~]\s*){300}|(?:\bnot\s+){300}|(?:\blambda\s*:\s*){300}"
    r"|(?:\.\s*[^\W\d]\w*(?:\(\))?){1500}|(?:[-+*/%@|&^<>=]\s*[\w.]{1,40}\s*){1500}"
)
_LONG_LINE = 1_000
_OPENING, _CLOSING = "([{", ")]}"


def parse(text: str | bytes, path: str) -> ir.ModuleCode | None:
    """The lowered module, or None for a file that cannot be read as Python.  Never raises.

    Call it inside :func:`kerasmergelint.syntax.deep.run_deep` to follow deep nesting.
    """
    decoded = _decode(text)
    if decoded is None or "\0" in decoded or _nesting(decoded) > _MAX_NESTING:
        return None
    if _has_long_chain(decoded):
        return None
    known = _RECENT.get(path, decoded)
    if known is not None:
        return known
    code = _parse(decoded, path)
    if code is not None:
        _RECENT.keep(path, decoded, code)
    return code


def _parse(text: str, path: str) -> ir.ModuleCode | None:
    import libcst

    from kerasmergelint.syntax.lower import lower_module

    try:
        return lower_module(libcst.parse_module(text), path, len(text))
    except (libcst.ParserSyntaxError, RecursionError, MemoryError):
        return None
    except Exception:  # libcst has refused valid files with other errors before
        return None


class _Recent:
    """The files parsed last.

    flake8 lints many files of a package in one process, and most of them import the same others;
    lowered code is never changed, so it can be shared.  Kept by path and text, within a bound on the
    text: libcst's trees take some hundred times as much.
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


def _decode(text: str | bytes) -> str | None:
    if isinstance(text, bytes):
        import io
        import tokenize

        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(text).readline)
            text = text.decode(encoding)
        except (SyntaxError, UnicodeDecodeError, LookupError):
            return None
    return text.removeprefix("\ufeff")


def _has_long_chain(text: str) -> bool:
    """Whether an expression hangs too many operators or attributes on each other, in one line."""
    return any(len(line) > _LONG_LINE and _CHAINS.search(line) for line in text.splitlines())


def _nesting(text: str) -> int:
    """The deepest nesting of brackets, counted cheaply: strings and comments count, too."""
    if text.count("(") + text.count("[") + text.count("{") <= _MAX_NESTING:
        return 0
    depth = deepest = 0
    for char in text:
        if char in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif char in _CLOSING:
            depth -= 1
    return deepest
