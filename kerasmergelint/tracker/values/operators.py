"""Python's operators on numbers and on symbolic dimensions."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Mapping
from typing import Any

from kerasmergelint.shapes import Dim, add, floordiv, mul, sub

ORDERING: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": python.lt, "<=": python.le, ">": python.gt, ">=": python.ge,
}  # fmt: skip
COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    **ORDERING, "==": python.eq, "!=": python.ne,
}  # fmt: skip
ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": python.add, "-": python.sub, "*": python.mul, "/": python.truediv,
    "//": python.floordiv, "%": python.mod, "**": python.pow, "@": python.matmul,
    "<<": python.lshift, ">>": python.rshift, "&": python.and_, "|": python.or_, "^": python.xor,
}  # fmt: skip
SYMBOLIC: Mapping[str, Callable[[Dim, Dim], Dim]] = {"+": add, "-": sub, "*": mul, "//": floordiv}
