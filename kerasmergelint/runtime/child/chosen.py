"""The values that the linter names for what a function is given: its witness, as Python values."""

from __future__ import annotations

import ast
import types
from typing import Any

from . import tensors

_MATTERS_NOT = "8"


def arguments(witness: list[list[str]]) -> dict[str, Any]:
    """Arguments by name; what is said of attributes of one makes an object that has them.

    >>> arguments([["n", "value", "[8, ...]"], ["config.width", "value", "3"]])
    {'n': [8, 8], 'config': namespace(width=3)}
    """
    found: dict[str, Any] = {}
    for name, kind, text in witness:
        path = name.split(".")
        if not all(part.isidentifier() for part in path):
            continue
        try:
            value = ast.literal_eval(text.replace("...", _MATTERS_NOT))
        except (ValueError, SyntaxError):
            continue
        if kind == "shape":
            value = tensors.make_input(list(value), "float32")
        _put(found, path, value)
    return found


def _put(found: dict[str, Any], path: list[str], value: object) -> None:
    """Set an argument, or an attribute of one that has no value of its own."""
    if len(path) == 1:
        found[path[0]] = value
        return
    owner = found.setdefault(path[0], types.SimpleNamespace())
    for part in path[1:-1]:
        owner = vars(owner).setdefault(part, types.SimpleNamespace()) if _is_made(owner) else None
    if _is_made(owner):
        setattr(owner, path[-1], value)


def _is_made(owner: object) -> bool:
    return isinstance(owner, types.SimpleNamespace)
