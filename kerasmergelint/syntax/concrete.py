"""libcst's parser, with a guard against input that it cannot handle.

It takes 0.16 s to import and parses ten times slower than Python's own, so only the list
of all merges in a file needs it.  Everything here imports it when called.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from kerasmergelint.regex import regex

# libcst's parser takes time and memory quadratic in the nesting (300 calls: 1.4 s and 430 MB; 500:
# 4 s and 1.1 GB), and its stack is finite: it gets no file that is nested deeper than Python
# allows, or that has a longer chain of one of these kinds.
_MAX_NESTING = 200
_CHAINS = regex(
    r"(?:[-+~]\s*){300}|(?:\bnot\s+){300}|(?:\blambda\s*:\s*){300}"
    r"|(?:\.\s*[^\W\d]\w*(?:\(\))?){1500}|(?:[-+*/%@|&^<>=]\s*[\w.]{1,40}\s*){1500}"
)
_LONG_LINE = 1_000
# A token costs it about 3 kB and 60 microseconds, and so does a line, even an empty one; a program of
# 3,600 lines has about this many.
_MAX_TOKENS = 40_000
_TOKEN = regex(r"\w+|[^\w\s]|\n")
_OPENING, _CLOSING = "([{", ")]}"


def concrete_tree(text: str) -> Any:
    """libcst's tree of a text (a ``libcst.Module``), or None if it cannot read it.

    Call it, and walk the tree, inside :func:`kerasmergelint.syntax.deep.run_deep`.
    """
    if _is_long(text) or _nesting(text) > _MAX_NESTING or _has_long_chain(text):
        return None
    import libcst

    try:
        return libcst.parse_module(text)
    except (libcst.ParserSyntaxError, RecursionError, MemoryError):
        return None
    except Exception:  # libcst has refused valid files with other errors before
        return None


def _is_long(text: str) -> bool:
    """Whether a text has too many tokens and lines, counting those in strings and comments, too."""
    if len(text) <= _MAX_TOKENS:
        return False
    return next(islice(_TOKEN.finditer(text), _MAX_TOKENS, None), None) is not None


def _has_long_chain(text: str) -> bool:
    """Whether one line chains too many operators or attributes."""
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
