"""Reads what a child sends, as untrusted input.

A result is accepted only if it has the right fields, of the right types and sizes.  Text is made
printable.  Anything else counts as a lost result.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from kerasmergelint.rules.printable import printable

Result = dict[str, Any]
Check = Callable[[object], Any]

_LONGEST_TEXT = 4096
_MOST_ITEMS = 1000
_LARGEST_NUMBER = 1 << 62


class NotInOrder(Exception):
    """This is not a valid result."""


def lost(reason: str, output: str = "") -> Result:
    """Stands for a result that is missing or invalid; ``output`` is the last that was printed."""
    return {"state": "lost", "reason": reason, "output": output}


def read(kind: str, data: bytes, findings: int) -> Result:
    """The result of an item of a kind of job, whose program has a number of findings.

    >>> read("execute", b"[[[", 0)["reason"]
    'its result was not in order'
    >>> read("execute", b'{"state": "ran", "error": null, "findings": []}', 0)["state"]
    'ran'
    """
    try:
        value = json.loads(data)
        result = _replayed(value) if kind == "replay" else _EXECUTED(value)
        if kind == "execute" and len(result["findings"]) != findings:
            raise NotInOrder
    except (NotInOrder, ValueError, RecursionError):
        return lost("its result was not in order")
    return result


# -- the parts of a schema -------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotInOrder
    # Lines are kept, since messages are shown by line.
    return "\n".join(map(printable, value[:_LONGEST_TEXT].split("\n")))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise NotInOrder
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST_NUMBER:
        raise NotInOrder
    return value


def _maybe(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _list(check: Check) -> Check:
    def checked(value: object) -> list[object]:
        if not isinstance(value, list) or len(value) > _MOST_ITEMS:
            raise NotInOrder
        return [check(item) for item in value]

    return checked


def _pair(first: Check, second: Check) -> Check:
    def checked(value: object) -> list[object]:
        if not isinstance(value, list) or len(value) != 2:
            raise NotInOrder
        return [first(value[0]), second(value[1])]

    return checked


def _one_of(*words: str) -> Check:
    def checked(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise NotInOrder
        return value

    return checked


def _record(needed: dict[str, Check], more: dict[str, Check] | None = None) -> Check:
    """An object that has some fields, and may have more; others are left out."""
    optional = more or {}

    def checked(value: object) -> Result:
        if not isinstance(value, dict) or not needed.keys() <= value.keys():
            raise NotInOrder
        known = {**needed, **optional}
        return {name: known[name](part) for name, part in value.items() if name in known}

    return checked


# -- the schema ------------------------------------------------------------------------------

_SHAPE = _maybe(_list(_maybe(_number)))
_TENSOR = _record({"shape": _SHAPE, "dtype": _maybe(_text)})

_RAISED = _record(
    {"state": _one_of("raised"), "exception": _text, "family": _list(_text), "message": _text,
     "in_keras": _flag, "operands": _list(_TENSOR)},
    {"differs": _text, "assumed": _list(_text), "guessed": _flag},
)  # fmt: skip

_BUILT = _record(
    {"state": _one_of("built"), "operands": _list(_TENSOR)},
    {"output": _list(_TENSOR), "differs": _text, "assumed": _list(_text), "guessed": _flag},
)

_NOT_REACHED = _record(
    {"state": _one_of("not reached"), "reason": _text},
    {"line": _maybe(_number), "assumed": _list(_text), "guessed": _flag},
)

_BY_STATE = {"raised": _RAISED, "built": _BUILT, "not reached": _NOT_REACHED}


def _replayed(value: object) -> Result:
    state = value.get("state") if isinstance(value, dict) else None
    if not isinstance(state, str) or state not in _BY_STATE:
        raise NotInOrder
    result: Result = _BY_STATE[state](value)
    return result


_ERROR = _record({"exception": _text, "message": _text, "line": _maybe(_number)})
_CALL = _record(
    {"operands": _list(_SHAPE), "output": _list(_SHAPE), "stack": _list(_pair(_text, _number))}
)
_SEEN = _record(
    {"raised": _maybe(_RAISED), "built": _list(_CALL), "tried": _text, "passed": _flag,
     "notes": _list(_text)}
)  # fmt: skip
_EXECUTED = _record(
    {"state": _one_of("ran"), "error": _maybe(_ERROR), "findings": _list(_SEEN)},
    {"exited": _maybe(_ERROR)},
)
